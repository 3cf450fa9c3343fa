#!/usr/bin/env bash
# Prints where `dotnet tool restore` puts GarnetServer.dll of the version in .config/dotnet-tools.json.
set -euo pipefail
manifest=$(dirname "${BASH_SOURCE[0]}")/../.config/dotnet-tools.json
version=$(sed -n '/"garnet-server"/,/}/s/.*"version": *"\([^"]*\)".*/\1/p' "$manifest")
echo "${NUGET_PACKAGES:-$HOME/.nuget/packages}/garnet-server/$version/tools/net10.0/any/GarnetServer.dll"
