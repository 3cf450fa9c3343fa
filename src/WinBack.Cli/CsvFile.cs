using CsvHelper;

namespace WinBack.Cli;

/// <summary>Reads CSV files with a header, separated by commas; gzip or not.</summary>
internal static class CsvFile
{
    /// <summary>For files of others: a line that is wrong in any way, or longer than 64 KiB, is an error with its number.</summary>
    internal static readonly CsvReaderOptions Strict = new()
    {
        Separator = ',',
        TrackLineNumbers = true,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = 1 << 16,
    };

    /// <param name="argument">The option that named the file; for messages.</param>
    /// <param name="read">Takes the rows; <see cref="InvalidDataException"/> and <see cref="ArgumentException"/> are faults of the file.</param>
    /// <exception cref="BadInputException">The file cannot be read, or not as what it should be.</exception>
    internal static T Read<T>(string path, string argument, Func<CsvReader, T> read)
    {
        using InputFile file = InputFile.Open(path, argument);
        using CsvReader csv = CsvReader.Create(
            file.Stream,
            new CsvReaderOptions { Separator = ',', TrackLineNumbers = true, FieldCountMismatch = CsvFieldCountHandling.Throw },
            leaveOpen: true);
        try
        {
            return read(csv);
        }
        catch (Exception broken) when (broken is CsvFormatException or InvalidDataException or ArgumentException)
        {
            throw new BadInputException($"{argument} {path}: {broken.Message}", broken);
        }
    }
}
