namespace WinBack.Cli.Simulate;

/// <summary>A simulation as lines of text.</summary>
internal static class SimulationText
{
    internal static void Write(TextWriter text, SimulationResult result)
    {
        text.WriteLine(string.Join(" against ", result.Runs.Select(r => r.Playbook)));
        foreach ((string name, string[] values) in result.Totals()) text.WriteLine($"  {name}: {string.Join(" / ", values)}");
        Section(text, "Touches by day", Enumerable.Range(0, result.Setting.Days).Select(day =>
            (result.DayName(day), result.Runs.Select(r => (double)r.TouchesByDay[day]).ToArray())));
        foreach (SimulationGroup group in result.Groups()) Section(text, group.Title, group.Rows());
    }

    private static void Section(TextWriter text, string title, IEnumerable<(string Name, double[] Values)> rows)
    {
        text.WriteLine(title);
        bool isEmpty = true;
        foreach ((string name, double[] values) in rows)
        {
            text.WriteLine($"  {name}: {string.Join(" / ", values.Select(SimulationResult.Count))}");
            isEmpty = false;
        }

        if (isEmpty) text.WriteLine("  none");
    }
}
