using System.Diagnostics;
using System.Net.Sockets;
using WinBack.V1;

namespace WinBack.IntegrationTests.Service;

/// <summary>The role for trying it out: one process that brings its broker and its Redis along, and takes them away again.</summary>
public sealed class EmbeddedRoleTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Embedded_FoldsAndDecides_AndLeavesNothingBehind(bool isKilled)
    {
        using var models = new TemporaryModels();
        RunningService service = await RunningService.StartAsync(
        [
            "--WinBack:Roles=embedded", $"--WinBack:Models={models.Folder}", $"--WinBack:Playbook={Stores.Playbook}",
            $"--Clock:StandAt={Stores.Start:O}", "--Embedded:Partitions=3",
            "--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:0", "--Kestrel:Endpoints:Http:Url=http://127.0.0.1:0",
        ]);
        string[] addresses = [service.Process.Grpc["http://".Length..], service.Process.Kafka, service.Process.Redis];
        await using (service)
        {
            await service.FoldAsync(Events.Orders("embedded", lastDaysAgo: 100, service.Now));
            Assert.Equal(Decision.Types.Kind.Action, (await service.DecideAsync("embedded")).Kind);
            Assert.All(addresses, address => Assert.True(IsListening(address), address));
            service.MayEnd = isKilled;
            if (isKilled) Process.GetProcessById(service.Process.ProcessId).Kill();
        }

        long started = Stopwatch.GetTimestamp();
        while (addresses.Any(IsListening))
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Limit, "still listening: " + string.Join(", ", addresses.Where(IsListening)));
            await Task.Delay(50);
        }
    }

    private static bool IsListening(string address)
    {
        string[] parts = address.Split(':');
        try
        {
            using var client = new TcpClient(parts[0], int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
