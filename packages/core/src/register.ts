// node --import @org/otel-core/register app.js
// The one file with side effects. It asks for the package by name, so that no second copy of it is built in here.
import { init } from '@org/otel-core';

init();
