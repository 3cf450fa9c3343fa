using WinBack.Cli;
using WinBack.Cli.Run;

namespace WinBack.Load.Target;

/// <summary>A service of the tool's own, with a broker and a Redis; all end with it.</summary>
internal static class EmbeddedService
{
    private const string Built = "src/WinBack.Service/bin/Release/net10.0/WinBack.Service.dll";

    /// <param name="dll">Null for the one built in this repository.</param>
    /// <param name="settings">Further ones, "--Section:Name=value".</param>
    internal static Task<ServiceProcess> StartAsync(string? dll, CancellationToken stop, params string[] settings) => ServiceProcess.StartAsync(
        dll ?? RepositoryFile.Locate(Built)
            ?? throw new BadInputException(
                "the service is not built: dotnet build -c Release src/WinBack.Service; or name WinBack.Service.dll with --service"),
        [
            "--WinBack:Roles=embedded",
            "--Clock:StandAt=2026-09-01T12:00:00Z",
            $"--WinBack:Models={Shipped("models")}",
            $"--WinBack:Playbook={Shipped("playbooks/default.yaml")}",
            "--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:0",
            "--Kestrel:Endpoints:Http:Url=http://127.0.0.1:0",
            .. settings,
        ],
        stop);

    private static string Shipped(string path) =>
        Path.GetFullPath(RepositoryFile.Find(path, "a service that you start yourself, and --address"));
}
