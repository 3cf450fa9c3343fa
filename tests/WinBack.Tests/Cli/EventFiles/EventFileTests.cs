using System.IO.Compression;
using Google.Protobuf.WellKnownTypes;
using WinBack.Cli;
using WinBack.Cli.EventFiles;
using WinBack.V1;

namespace WinBack.Tests.Cli.EventFiles;

public sealed class EventFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.events")]
    [InlineData("a.events.gz")]
    [InlineData("a.ndjson")]
    [InlineData("a.jsonl.gz")]
    public void Read_WhatWasWritten_IsEqual(string name)
    {
        CustomerEvent[] events = Enumerable.Range(0, 300).Select(Login).ToArray();

        Write(name, events);

        using EventFileReader reader = EventFileReader.Open(_folder.Path(name), "--events");
        Assert.Equal(events, reader.ReadAll());
    }

    /// <summary>A first event of 123 bytes begins with the byte of a brace and still is no JSON.</summary>
    [Fact]
    public void Read_FirstLengthIsABrace_IsProtobuf()
    {
        CustomerEvent e = Login(1);
        while (e.CalculateSize() < 123) e.Source += "s";
        Assert.Equal(123, e.CalculateSize());

        Write("a.events", e, Login(2));

        Assert.Equal((byte)'{', File.ReadAllBytes(_folder.Path("a.events"))[0]);
        using EventFileReader reader = EventFileReader.Open(_folder.Path("a.events"), "--events");
        Assert.Equal([e, Login(2)], reader.ReadAll());
    }

    [Fact]
    public void Read_EmptyFile_IsNoEvents()
    {
        using EventFileReader reader = EventFileReader.Open(_folder.Write("a.events", ""), "--events");
        Assert.Empty(reader.ReadAll());
    }

    [Fact]
    public void Read_CutFile_NamesTheEvent()
    {
        Write("a.events", Login(1), Login(2));
        byte[] bytes = File.ReadAllBytes(_folder.Path("a.events"));
        File.WriteAllBytes(_folder.Path("a.events"), bytes[..^3]);

        AssertRefused("a.events", "event 2 is no CustomerEvent");
    }

    [Fact]
    public void Read_CutGzip_NamesTheFile()
    {
        Write("a.events.gz", Enumerable.Range(0, 300).Select(Login).ToArray());
        byte[] bytes = File.ReadAllBytes(_folder.Path("a.events.gz"));
        File.WriteAllBytes(_folder.Path("a.events.gz"), bytes[..(bytes.Length / 2)]);

        AssertRefused("a.events.gz", "a.events.gz");
    }

    [Fact]
    public void Read_HugeLength_IsRefusedWithoutTakingMemory()
    {
        File.WriteAllBytes(_folder.Path("a.events"), [0xff, 0xff, 0xff, 0x7f, 1]);
        AssertRefused("a.events", $"at most {EventFileReader.MaxEventBytes} are allowed");
    }

    [Fact]
    public void Read_BrokenJsonLine_NamesTheLine()
    {
        Write("a.ndjson", Login(1));
        File.AppendAllText(_folder.Path("a.ndjson"), "{ \"eventId\": 7 }\n");
        AssertRefused("a.ndjson", "line 2 is no CustomerEvent");
    }

    private void AssertRefused(string name, string expected)
    {
        var broken = Assert.Throws<BadInputException>(() =>
        {
            using EventFileReader reader = EventFileReader.Open(_folder.Path(name), "--events");
            return reader.ReadAll().Count();
        });
        Assert.Contains(expected, broken.Message, StringComparison.Ordinal);
    }

    private void Write(string name, params CustomerEvent[] events)
    {
        Stream stream = File.Create(_folder.Path(name));
        if (name.EndsWith(".gz", StringComparison.Ordinal)) stream = new GZipStream(stream, CompressionLevel.Fastest);
        using var writer = new EventFileWriter(stream, EventFileWriter.FormatOf(name));
        foreach (CustomerEvent e in events) writer.Write(e);
    }

    private static CustomerEvent Login(int number) => new()
    {
        EventId = $"login-{number}",
        CustomerId = $"c{number % 7}",
        EventTime = new Timestamp { Seconds = 1_300_000_000 + number, Nanos = 5_000_000 },
        Login = new LoginEvent { Device = "phone" },
    };
}
