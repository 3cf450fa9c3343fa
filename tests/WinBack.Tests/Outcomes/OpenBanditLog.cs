using System.Globalization;
using System.IO.Compression;
using WinBack.Core.Outcomes;
using WinBack.Tests.Trees;

namespace WinBack.Tests.Outcomes;

/// <summary>
/// Rows of the Open Bandit data (Saito et al. 2021): a shop's recommendations, 10,000 a file, with clicks and the
/// probability with which each item was shown at its place. The random log shows all items alike; the other one is that of
/// Thompson sampling, which learnt during the week, so that its probabilities move.
/// </summary>
internal sealed record OpenBanditLog(IReadOnlyList<OpenBanditLog.Row> Rows)
{
    internal int Items => Rows.Max(row => row.Item) + 1;

    internal double ClickRate => Rows.Average(row => row.Click);

    internal static OpenBanditLog Read(string name)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(SharedData.File("open_bandit", name)), CompressionMode.Decompress));
        lines.ReadLine();
        var rows = new List<Row>();
        while (lines.ReadLine() is { } line)
        {
            string[] cells = line.Split(',', 7);
            rows.Add(new Row(Number(cells[2]), cells[3], Number(cells[4]), double.Parse(cells[5], CultureInfo.InvariantCulture)));
        }

        return new OpenBanditLog(rows);
    }

    /// <summary>How often Thompson sampling showed each item at each place over the week, clicks unseen: the policy to evaluate.</summary>
    internal Dictionary<string, double[]> Frequencies() => Rows.GroupBy(row => row.Place).ToDictionary(
        place => place.Key,
        place => Enumerable.Range(0, Items).Select(item => place.Count(row => row.Item == item) / (double)place.Count()).ToArray());

    /// <summary>The rows as a log to evaluate a policy on.</summary>
    /// <param name="target">By place: probability of each item.</param>
    internal List<LoggedDecision> For(IReadOnlyDictionary<string, double[]> target) => Rows.Select((row, i) => new LoggedDecision(
        i.ToString(CultureInfo.InvariantCulture), row.Place, Name(row.Item), row.Probability, row.Click,
        target[row.Place].Select((chance, item) => new OptionChance(Name(item), chance, Logged: row.Probability)).ToArray())).ToList();

    private static string Name(int item) => "item " + item.ToString(CultureInfo.InvariantCulture);

    private static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);

    internal readonly record struct Row(int Item, string Place, int Click, double Probability);
}
