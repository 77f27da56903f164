"""opentelemetry-python, set up by hand: traces and metrics over OTLP, logs too where they are asked for.

OTEL_EXPORTER_OTLP_PROTOCOL chooses `http/protobuf` (default, port 4318) or `grpc` (port 4317);
OTEL_LOGS_EXPORTER=otlp sends the log records as well. The SDK reads the other OTEL_* variables itself.
"""

import os
from collections.abc import Callable
from importlib import import_module

# Both sides of the chain speak the stable HTTP conventions; read when the instrumentation is loaded.
os.environ.setdefault("OTEL_SEMCONV_STABILITY_OPT_IN", "http")

from opentelemetry import metrics, trace  # noqa: E402
from opentelemetry._logs import set_logger_provider  # noqa: E402
from opentelemetry.instrumentation.logging import LoggingInstrumentor  # noqa: E402
from opentelemetry.sdk._logs import LoggerProvider  # noqa: E402
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor  # noqa: E402
from opentelemetry.sdk.metrics import MeterProvider  # noqa: E402
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader  # noqa: E402
from opentelemetry.sdk.resources import Resource  # noqa: E402
from opentelemetry.sdk.trace import TracerProvider  # noqa: E402
from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: E402

PROTOCOLS = {"http/protobuf": "http", "grpc": "grpc"}


def start_telemetry(service_name: str) -> Callable[[], None]:
    """Sets the global providers; what it returns flushes and stops them."""
    resource = Resource.create({"service.name": os.environ.get("OTEL_SERVICE_NAME", service_name)})
    providers = [start_traces(resource), start_metrics(resource)]
    logs_over_otlp = os.environ.get("OTEL_LOGS_EXPORTER") == "otlp"
    if logs_over_otlp:
        providers.append(start_logs(resource))
    LoggingInstrumentor().instrument(inject_trace_context=True, enable_log_auto_instrumentation=logs_over_otlp)

    def stop_telemetry() -> None:
        for provider in providers:
            provider.shutdown()

    return stop_telemetry


def start_traces(resource: Resource) -> TracerProvider:
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(otlp("trace_exporter", "OTLPSpanExporter")))
    trace.set_tracer_provider(provider)
    return provider


def start_metrics(resource: Resource) -> MeterProvider:
    reader = PeriodicExportingMetricReader(otlp("metric_exporter", "OTLPMetricExporter"))
    provider = MeterProvider(resource=resource, metric_readers=[reader])
    metrics.set_meter_provider(provider)
    return provider


def start_logs(resource: Resource) -> LoggerProvider:
    provider = LoggerProvider(resource=resource)
    provider.add_log_record_processor(BatchLogRecordProcessor(otlp("_log_exporter", "OTLPLogExporter")))
    set_logger_provider(provider)
    return provider


def otlp(module: str, exporter: str):
    """The exporter of the chosen protocol; only that one is loaded, gRPC alone costs 30 MB."""
    wanted = os.environ.get("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
    if wanted not in PROTOCOLS:
        raise SystemExit(f"OTEL_EXPORTER_OTLP_PROTOCOL: expected http/protobuf or grpc, got {wanted!r}")
    package = import_module(f"opentelemetry.exporter.otlp.proto.{PROTOCOLS[wanted]}.{module}")
    return getattr(package, exporter)()
