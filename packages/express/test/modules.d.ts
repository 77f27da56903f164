declare module 'express4';
declare module 'express50';
declare module 'router22';
