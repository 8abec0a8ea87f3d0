# The bot, in the versions that the tests pass with. README.md says how to run it, under Deploy.

FROM python:3.11-slim AS build
# The address of PyTorch's builds for the CPU, which are several GB smaller; its site gives it.
ARG PIP_EXTRA_INDEX_URL
COPY . /src
RUN python -m venv /opt/quoth && /opt/quoth/bin/pip install --no-cache-dir -c /src/requirements.lock /src

FROM python:3.11-slim
COPY --from=build /opt/quoth /opt/quoth
# On most machines 1000 is the user who made the documents, so that they can be read here too.
RUN useradd --uid 1000 --home-dir /data --create-home quoth
USER quoth
WORKDIR /data
VOLUME /data
ENV PATH=/opt/quoth/bin:$PATH QUOTH_INDEX=/data/index QUOTH_CORPUS=/documents
# There is no HEALTHCHECK: none could see more than Docker does, which is whether the process lives.
# In this form quoth is process 1 itself, and gets the SIGTERM of `docker stop`.
ENTRYPOINT ["quoth"]
CMD ["bot"]
