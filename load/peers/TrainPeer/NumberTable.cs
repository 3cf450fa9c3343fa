using System.Globalization;
using WinBack.Trees.Training;

namespace TrainPeer;

/// <summary>Reads what train_peers.py writes: CSV of numbers, the label last, missing empty.</summary>
internal static class NumberTable
{
    internal static TrainingTable Read(string path)
    {
        using var file = new StreamReader(path);
        string[] names = file.ReadLine()!.Split(',');
        List<float>[] columns = [.. names.Select(_ => new List<float>())];
        while (file.ReadLine() is { } line)
        {
            int column = 0;
            foreach (Range field in line.AsSpan().Split(','))
            {
                ReadOnlySpan<char> text = line.AsSpan()[field];
                columns[column++].Add(text.IsEmpty ? float.NaN : float.Parse(text, CultureInfo.InvariantCulture));
            }
        }

        return new TrainingTable(names[..^1], [.. columns[..^1].Select(c => c.ToArray())], columns[^1].ToArray());
    }
}
