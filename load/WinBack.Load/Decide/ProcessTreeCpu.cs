using System.Globalization;

namespace WinBack.Load.Decide;

/// <summary>
/// CPU time of the generator, the service and the service's children (embedded Redis and broker), from /proc: on a shared
/// machine it says more than a rate.
/// </summary>
internal sealed class ProcessTreeCpu
{
    private const double TicksPerSecond = 100;
    private readonly IReadOnlyList<(string Name, int Id)> _processes;

    internal ProcessTreeCpu(int service)
    {
        var parents = Directory.GetDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) ? id : 0)
            .Where(id => id > 0).Select(id => (Id: id, Stat: Fields(id))).Where(process => process.Stat.Length > 0)
            .ToLookup(process => int.Parse(process.Stat[1], CultureInfo.InvariantCulture), process => process.Id);
        // Children are started by a shell that watches over them.
        int[] descendants = parents[service].SelectMany(child => parents[child])
            .Where(id => !Command(id).StartsWith("/bin/sh", StringComparison.Ordinal)).ToArray();
        _processes =
        [
            ("generator", Environment.ProcessId),
            ("service", service),
            ("Redis", descendants.FirstOrDefault(id => Command(id).StartsWith("redis-server", StringComparison.Ordinal), service)),
            ("broker", descendants.FirstOrDefault(id => Command(id).Contains("\0broker\0", StringComparison.Ordinal), service)),
        ];
    }

    /// <returns>User and system time by process name.</returns>
    internal IReadOnlyDictionary<string, TimeSpan> Read() => _processes.ToDictionary(process => process.Name, process =>
    {
        string[] fields = Fields(process.Id);
        return TimeSpan.FromSeconds(
            (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond);
    });

    private static string Command(int id) => File.ReadAllText($"/proc/{id}/cmdline");

    /// <summary>The fields of /proc/ID/stat after the name, which may hold blanks: state, parent, ...</summary>
    private static string[] Fields(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }
}
