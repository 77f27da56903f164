"""The innermost service of the chain: GET / answers, GET /boom fails deep in the code.

Run it with `python main.py`; PORT (8000), HOST (127.0.0.1) and LOG_FILE are its own settings,
every OTEL_* variable is opentelemetry-python's.
"""

import logging
import os
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor

from json_logs import write_json_logs
from telemetry import start_telemetry

write_json_logs(os.environ.get("LOG_FILE"))
stop_telemetry = start_telemetry("api-python")
log = logging.getLogger("api-python")


@asynccontextmanager
async def lifespan(_: FastAPI):
    yield
    # uvicorn re-raises SIGTERM when it is done, and a process that ends by a signal runs no atexit hooks.
    stop_telemetry()


app = FastAPI(lifespan=lifespan)
# Without the spans of the ASGI messages: the server span says the same.
FastAPIInstrumentor.instrument_app(app, exclude_spans=["receive", "send"])


@app.get("/")
def root():
    log.info("api-python answers", extra={"route": "/"})
    return {"message": "Hello from api-python"}


@app.get("/boom")
def boom():
    log.warning("api-python is about to fail", extra={"route": "/boom"})
    return {"stock": order_stock({})}


def order_stock(shelf: dict) -> int:
    return count_items(shelf)


def count_items(shelf: dict) -> int:
    return len(shelf["items"])


if __name__ == "__main__":
    uvicorn.run(
        app,
        host=os.environ.get("HOST", "127.0.0.1"),
        port=int(os.environ.get("PORT", "8000")),
        log_config=None,  # uvicorn's own lines go through the JSON formatter too
        access_log=False,
    )
