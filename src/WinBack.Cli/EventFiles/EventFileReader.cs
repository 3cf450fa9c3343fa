using System.Text;
using Google.Protobuf;
using WinBack.V1;

namespace WinBack.Cli.EventFiles;

/// <summary>Reads an event file of either format, plain or gzip; which it is shows in its first bytes.</summary>
internal sealed class EventFileReader : IDisposable
{
    /// <summary>Longest event; a greater length means that the file is damaged or of another kind.</summary>
    internal const int MaxEventBytes = 1 << 20;

    private readonly InputFile _file;
    private readonly Stream _stream;
    private readonly StreamReader? _lines;
    private byte[] _buffer = new byte[4096];
    private long _count;

    private EventFileReader(InputFile file, EventFileFormat format)
    {
        _file = file;
        _stream = new BufferedStream(file.Stream, 1 << 16);
        Format = format;
        if (format == EventFileFormat.Json) _lines = new StreamReader(_stream, Encoding.UTF8);
    }

    internal EventFileFormat Format { get; }

    /// <summary>Bytes read of the file as it lies on disk, for a progress display.</summary>
    internal long BytesRead => _file.BytesRead;

    internal long FileLength => _file.Length;

    /// <param name="argument">The option that named the file; for messages.</param>
    /// <exception cref="BadInputException">The file cannot be opened.</exception>
    internal static EventFileReader Open(string path, string argument)
    {
        EventFileFormat format;
        using (InputFile sniffed = InputFile.Open(path, argument)) format = FormatOf(sniffed);
        return new EventFileReader(InputFile.Open(path, argument), format);
    }

    /// <exception cref="BadInputException">What comes next is no event; the message names its number.</exception>
    /// <returns>False at the end of the file.</returns>
    internal bool TryRead(out CustomerEvent e)
    {
        e = new CustomerEvent();
        try
        {
            if (!(_lines is null ? TryReadDelimited(e) : TryReadLine(ref e))) return false;
            _count++;
            return true;
        }
        catch (Exception broken) when (broken is InvalidProtocolBufferException or InvalidDataException or IOException
            or InvalidOperationException or FormatException or OverflowException)
        {
            string unit = _lines is null ? "event" : "line";
            throw new BadInputException(
                $"{_file.Path}: {unit} {_count + 1} is no CustomerEvent: {broken.Message.TrimEnd()} "
                + "Write the file again with 'winback import', or see protos/winback/v1/events.proto.", broken);
        }
    }

    internal IEnumerable<CustomerEvent> ReadAll()
    {
        while (TryRead(out CustomerEvent e)) yield return e;
    }

    public void Dispose()
    {
        _lines?.Dispose();
        _stream.Dispose();
        _file.Dispose();
    }

    /// <summary>
    /// JSON begins with a brace. A brace can also be the length of a first event of 123 bytes, but then the tag of
    /// event_id follows, which is a line feed and never the quote of a JSON name.
    /// </summary>
    private static EventFileFormat FormatOf(InputFile file)
    {
        try
        {
            bool isBrace = file.Stream.ReadByte() == '{';
            return isBrace && file.Stream.ReadByte() is ('"' or ' ') ? EventFileFormat.Json : EventFileFormat.Protobuf;
        }
        catch (InvalidDataException broken)
        {
            throw new BadInputException($"{file.Path} is a damaged gzip file: {broken.Message}", broken);
        }
    }

    private bool TryReadLine(ref CustomerEvent e)
    {
        if (_lines!.ReadLine() is not { Length: > 0 } line) return false;
        e = JsonParser.Default.Parse<CustomerEvent>(line);
        return true;
    }

    private bool TryReadDelimited(CustomerEvent e)
    {
        int length = ReadLength();
        if (length < 0) return false;
        if (length > _buffer.Length) _buffer = new byte[Math.Max(length, _buffer.Length * 2)];
        _stream.ReadExactly(_buffer, 0, length);
        e.MergeFrom(_buffer.AsSpan(0, length));
        return true;
    }

    /// <summary>The length of the next event; -1 at the end of the file.</summary>
    private int ReadLength()
    {
        int length = 0;
        for (int shift = 0; shift < 28; shift += 7)
        {
            int b = _stream.ReadByte();
            if (b < 0) return shift == 0 ? -1 : throw new InvalidDataException("the file ends in the middle of a length.");
            length |= (b & 0x7f) << shift;
            if (b >= 0x80) continue;
            return length <= MaxEventBytes
                ? length
                : throw new InvalidDataException($"a length of {length} bytes; at most {MaxEventBytes} are allowed.");
        }

        throw new InvalidDataException($"a length of more than 4 bytes; at most {MaxEventBytes} are allowed.");
    }
}
