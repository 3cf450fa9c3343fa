using System.Globalization;
using StackExchange.Redis;
using WinBack.Core.Experiments;

namespace WinBack.Adapters.Redis;

/// <summary>The counts of experiments over all partitions, as <see cref="ExperimentTally"/> makes them.</summary>
public sealed class ExperimentCounts(IDatabase redis, int partitionCount, TimeSpan timeout)
{
    private const int Parts = 5;

    /// <returns>By experiment (name and salt), in no order.</returns>
    /// <exception cref="StoreUnavailableException">Redis is away.</exception>
    /// <exception cref="InvalidDataException">Another program wrote there, or a newer one.</exception>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<ExposureCell>>> ReadAsync(CancellationToken cancellationToken = default)
    {
        HashEntry[][] tallies = await RedisFaults.AwaitAsync(
            Task.WhenAll(Enumerable.Range(0, partitionCount).Select(p => redis.HashGetAllAsync(new PartitionKeys(p).Tally))),
            timeout, cancellationToken).ConfigureAwait(false);
        var cells = new Dictionary<(string Experiment, DateOnly Day, int Percent, string Variant), (long Exposures, long Successes)>();
        foreach (HashEntry entry in tallies.SelectMany(t => t)) Add(cells, (string)entry.Name!, (long)entry.Value);
        return cells.GroupBy(c => c.Key.Experiment).ToDictionary(
            g => g.Key,
            g => (IReadOnlyList<ExposureCell>)[.. g.Select(
                c => new ExposureCell(c.Key.Day, c.Key.Percent, c.Key.Variant, c.Value.Exposures, c.Value.Successes))],
            StringComparer.Ordinal);
    }

    private static void Add(Dictionary<(string, DateOnly, int, string), (long Exposures, long Successes)> cells, string field, long count)
    {
        string[] parts = field.Split('|');
        if (parts.Length != Parts
            || !DateOnly.TryParseExact(parts[1], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int percent)
            || parts[4] is not ("n" or "s"))
            throw new InvalidDataException($"'{field}' is no field of a tally: another program wrote this key, or a newer one did");
        (string, DateOnly, int, string) key = (parts[0], day, percent, parts[3]);
        (long exposures, long successes) = cells.GetValueOrDefault(key);
        cells[key] = parts[4] == "n" ? (exposures + count, successes) : (exposures, successes + count);
    }
}
