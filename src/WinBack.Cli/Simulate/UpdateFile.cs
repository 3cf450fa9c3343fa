using System.Text;
using WinBack.Adapters.Wire;
using WinBack.Core.Policy.Updates;

namespace WinBack.Cli.Simulate;

/// <summary>
/// Product updates from a file: on each line one record value of the catalogue topic as JSON (protos/winback/v1/catalogue.proto).
/// As on the compacted topic, the last line of an id counts.
/// </summary>
internal static class UpdateFile
{
    private const string Json = "application/json";

    /// <param name="argument">The option that named the file; for messages.</param>
    /// <exception cref="BadInputException">The file cannot be read, or a line is no product update; the message names it and the fix.</exception>
    internal static UpdateCatalogue Load(string path, string argument)
    {
        var updates = new Dictionary<string, ProductUpdate>(StringComparer.Ordinal);
        using InputFile file = InputFile.Open(path, argument);
        using var lines = new StreamReader(file.Stream, Encoding.UTF8);
        for (int number = 1; lines.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            ProductUpdate update = ProductUpdateWire.Read(Encoding.UTF8.GetBytes(line), Json, out string wrong)
                ?? throw new BadInputException($"{argument} {path}: line {number}: {wrong}");
            updates[update.Id] = update;
        }

        return new UpdateCatalogue(updates.Values);
    }
}
