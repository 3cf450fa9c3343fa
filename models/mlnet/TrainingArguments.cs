namespace WinBack.MlNet;

/// <summary>What the command line asks for.</summary>
/// <param name="Data">Table to learn from.</param>
/// <param name="Test">Table to judge on, later in time; null for none.</param>
/// <param name="Out">The .zip to write.</param>
/// <param name="Ignored">Features to leave out.</param>
internal sealed record TrainingArguments(string Data, string? Test, string Out, IReadOnlySet<string> Ignored)
{
    public const string Usage = "usage: --data TABLE.csv --out MODEL.zip [--test TABLE.csv] [--ignore FEATURE ...]";

    /// <returns>Null when the arguments are not understood.</returns>
    public static TrainingArguments? TryParse(string[] args)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var ignored = new HashSet<string>(StringComparer.Ordinal);
        string option = "";
        foreach (string arg in args)
        {
            if (arg is "--data" or "--out" or "--test" or "--ignore")
            {
                option = arg;
            }
            else if (option == "--ignore")
            {
                ignored.Add(arg);
            }
            else if (option.Length == 0 || !values.TryAdd(option, arg))
            {
                return null;
            }
        }

        return values.TryGetValue("--data", out string? data) && values.TryGetValue("--out", out string? target)
            ? new TrainingArguments(data, values.GetValueOrDefault("--test"), target, ignored)
            : null;
    }
}
