using System.Text;
using Google.Protobuf;
using WinBack.V1;

namespace WinBack.Cli.EventFiles;

/// <summary>Writes events one after the other; what <see cref="EventFileReader"/> reads.</summary>
internal sealed class EventFileWriter : IDisposable
{
    private readonly Stream _stream;
    private readonly StreamWriter? _lines;

    /// <param name="stream">Closed by <see cref="Dispose"/>.</param>
    internal EventFileWriter(Stream stream, EventFileFormat format)
    {
        _stream = stream;
        if (format == EventFileFormat.Json)
            _lines = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
    }

    /// <summary>JSON for <c>.ndjson</c>, <c>.jsonl</c> and <c>.json</c> (also with <c>.gz</c>), else protobuf.</summary>
    internal static EventFileFormat FormatOf(string path)
    {
        string name = path.EndsWith(".gz", StringComparison.Ordinal) ? path[..^3] : path;
        return Path.GetExtension(name) is ".ndjson" or ".jsonl" or ".json" ? EventFileFormat.Json : EventFileFormat.Protobuf;
    }

    internal void Write(CustomerEvent e)
    {
        if (_lines is null) e.WriteDelimitedTo(_stream);
        else _lines.WriteLine(JsonFormatter.Default.Format(e));
    }

    public void Dispose()
    {
        _lines?.Dispose();
        _stream.Dispose();
    }
}
