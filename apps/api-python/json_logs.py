"""One JSON object a line, on stdout and, if a file is named, in that file as well."""

import json
import logging
import sys
from datetime import datetime, timezone

# What every LogRecord has; the rest came with `extra=` and is written as it is.
STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "taskName"}


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "timestamp": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            "logger": record.name,
            **trace_fields(record),
            **extra_fields(record),
        }
        if record.exc_info:
            line["stack"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def trace_fields(record: logging.LogRecord) -> dict:
    """The ids that LoggingInstrumentor put on the record; it writes "0" where there is no span."""
    trace_id = getattr(record, "otelTraceID", "0")
    if trace_id == "0":
        return {}
    return {"trace_id": trace_id, "span_id": record.otelSpanID, "sampled": record.otelTraceSampled}


def extra_fields(record: logging.LogRecord) -> dict:
    return {
        key: value for key, value in vars(record).items() if key not in STANDARD and not key.startswith("otel")
    }


def write_json_logs(file: str | None) -> None:
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stdout)]
    if file:
        handlers.append(logging.FileHandler(file))
    for handler in handlers:
        handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=logging.INFO, handlers=handlers)
