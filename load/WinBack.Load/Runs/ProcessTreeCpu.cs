using System.Globalization;

namespace WinBack.Load.Runs;

/// <summary>
/// Processor time and memory of the generator and, when the tool started it, of the service and the service's children
/// (embedded Redis and broker), from /proc: on a shared machine they say more than a rate.
/// </summary>
internal sealed class ProcessTreeCpu
{
    private const double TicksPerSecond = 100;
    private readonly List<(string Name, int Id)> _processes = [("generator", Environment.ProcessId)];

    /// <param name="service">Null when the service is not the tool's own.</param>
    internal ProcessTreeCpu(int? service)
    {
        if (service is null) return;
        _processes.Add(("service", service.Value));
        // Children are started by a shell that watches over them, with a watcher that bears the same words.
        ILookup<int, int> children = ChildrenByParent();
        foreach (int id in children[service.Value].SelectMany(child => children[child]))
        {
            string command = Command(id);
            if (command.StartsWith("/bin/sh", StringComparison.Ordinal)) continue;
            if (command.StartsWith("redis-server", StringComparison.Ordinal)) _processes.Add(("Redis", id));
            else if (command.Contains("\0broker\0", StringComparison.Ordinal)) _processes.Add(("broker", id));
        }
    }

    /// <returns>User and system time by process name.</returns>
    internal IReadOnlyDictionary<string, TimeSpan> Read() => _processes.ToDictionary(process => process.Name, process =>
    {
        string[] fields = Fields(process.Id);
        return fields.Length == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((Number(fields[11]) + Number(fields[12])) / TicksPerSecond);
    });

    /// <returns>Resident memory by process name.</returns>
    internal IReadOnlyDictionary<string, double> MemoryMiB() => _processes.ToDictionary(process => process.Name, process =>
        Fields(process.Id) is { Length: > 21 } fields ? Number(fields[21]) * Environment.SystemPageSize / 1048576.0 : 0);

    /// <summary>User and system time of the processes that this one has started and that have ended.</summary>
    internal static TimeSpan OfEndedChildren()
    {
        string[] fields = Fields(Environment.ProcessId);
        return TimeSpan.FromSeconds((Number(fields[13]) + Number(fields[14])) / TicksPerSecond);
    }

    private static ILookup<int, int> ChildrenByParent() => Directory.GetDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) ? id : 0)
        .Where(id => id > 0).Select(id => (Id: id, Stat: Fields(id))).Where(process => process.Stat.Length > 0)
        .ToLookup(process => (int)Number(process.Stat[1]), process => process.Id);

    private static long Number(string field) => long.Parse(field, CultureInfo.InvariantCulture);

    private static string Command(int id) => File.ReadAllText($"/proc/{id}/cmdline");

    /// <summary>The fields of /proc/ID/stat after the name, which may hold blanks: state, parent, ...; none when it has ended.</summary>
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
