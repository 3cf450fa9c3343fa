# syntax=docker/dockerfile:1
# WinBack with the packages themselves instead of standins/. One image for all roles; the command `winback` lies in it too:
#   docker build -t winback:0.1.0 .
#   docker run --rm --entrypoint dotnet winback:0.1.0 winback.dll doctor --help
# The versions that the tests run with; a patch release of .NET is a change of these two lines.
ARG SDK_VERSION=10.0.401
ARG RUNTIME_VERSION=10.0.12

FROM mcr.microsoft.com/dotnet/sdk:${SDK_VERSION} AS build
WORKDIR /source
COPY . .
# Compiled ahead: a node that was just started has no processor to spare for its compiler.
RUN dotnet publish src/WinBack.Service -c Release -p:Upstream=true --use-current-runtime --no-self-contained -p:PublishReadyToRun=true -o /app

FROM mcr.microsoft.com/dotnet/aspnet:${RUNTIME_VERSION}
WORKDIR /app
COPY --from=build /app .
COPY models models
COPY playbooks playbooks
# Beyond loopback only here: whoever runs a container says which of its ports others reach.
ENV Kestrel__Endpoints__Grpc__Url=http://+:5051 \
    Kestrel__Endpoints__Http__Url=http://+:5052 \
    DOTNET_EnableDiagnostics=0 \
    DOTNET_GCgen0size=0x8000000 \
    MALLOC_ARENA_MAX=1
EXPOSE 5051 5052
# The base image's user without rights; by number, so that an orchestrator sees that it is not root.
USER 1654
# The image has bash but no curl. Ready is asked by whoever sends requests here; this asks whether the process lives.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/5052 && printf 'GET /healthz/live HTTP/1.0\r\n\r\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["dotnet", "WinBack.Service.dll"]
