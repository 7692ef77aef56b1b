# The server in a container, on the CPU; for a GPU start from an image with CUDA.
FROM python:3.12-slim AS build
WORKDIR /source
COPY . .
RUN python -m venv /opt/graphengine && /opt/graphengine/bin/pip install --no-cache-dir .

FROM python:3.12-slim
RUN useradd --create-home --uid 1000 graphengine && mkdir /data && chown graphengine /data
COPY --from=build /opt/graphengine /opt/graphengine
USER graphengine
ENV PATH=/opt/graphengine/bin:$PATH GRAPHENGINE_HOME=/data GRAPHENGINE_HOST=0.0.0.0 GRAPHENGINE_LOG_FORMAT=json
VOLUME /data
EXPOSE 8189
# Without GRAPHENGINE_TOKEN one is made at each start and printed.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8189/api/health', timeout=4)"]
STOPSIGNAL SIGTERM
CMD ["graphengine", "serve"]
