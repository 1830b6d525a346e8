ARG PYTHON=3.11

FROM node:24-slim AS pages
WORKDIR /build/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci
COPY web ./
RUN npm run build

FROM python:${PYTHON}-slim AS packages
WORKDIR /build
COPY requirements requirements
RUN python -m venv /opt/filmograph \
 && pip install --no-cache-dir --require-hashes -r requirements/build.txt \
 && /opt/filmograph/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY . .
RUN pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir wheels . \
 && /opt/filmograph/bin/pip install --no-cache-dir --no-deps wheels/*.whl

FROM python:${PYTHON}-slim
ARG PYTHON
ENV PATH=/opt/filmograph/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    FILMOGRAPH_HOST=0.0.0.0 \
    FILMOGRAPH_LOG_FORMAT=json
RUN useradd --uid 1000 --create-home filmograph
COPY --from=packages /opt/filmograph /opt/filmograph
COPY --from=pages /build/server/static /opt/filmograph/lib/python${PYTHON}/site-packages/server/static
USER 1000
WORKDIR /home/filmograph
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=2m --retries=3 CMD ["python", "-c", "\
from http.client import HTTPConnection as Connection; \
api = Connection('127.0.0.1', 8000, timeout=4); \
api.request('GET', '/ready'); \
raise SystemExit(api.getresponse().status != 200)"]
CMD ["filmograph", "serve"]
