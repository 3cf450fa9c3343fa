using WinBack.Core.Decisions;
using WinBack.Core.Events;
using WinBack.Core.State;
using WinBack.Testing.Oracles;
using WinBack.Tests.Oracles;

namespace WinBack.Tests.State;

public sealed class StateCodecTests
{
    private static readonly CustomerState[] Random = [.. Enumerable.Range(500, 5).SelectMany(RandomStates)];

    [Fact]
    public void Decode_OfEncoded_GivesTheSameStateAndBytes()
    {
        var codec = new StateCodec();
        foreach (CustomerState state in Random)
        {
            byte[] blob = codec.Encode(state).ToArray();
            CustomerState decoded = StateCodec.Decode(blob);
            Assert.Equal(StateText.Of(state), StateText.Of(decoded));
            Assert.Equal(blob, codec.Encode(decoded));
        }
    }

    /// <summary>The fold reads every customer into the same few states: nothing of the one before may be left.</summary>
    [Fact]
    public void Decode_IntoAStateOfAnother_LeavesNothingOfIt()
    {
        var codec = new StateCodec();
        var kept = new CustomerState();
        var random = new Random(20261130);
        foreach (CustomerState state in Random.OrderBy(_ => random.Next()))
        {
            byte[] blob = codec.Encode(state).ToArray();
            codec.Decode(blob, kept);
            Assert.Equal(StateText.Of(state), StateText.Of(kept));
            Assert.Equal(blob, codec.Encode(kept));
            if (random.Next(10) > 0) continue;
            codec.Decode(null, kept);
            Assert.Equal(StateText.Of(new CustomerState()), StateText.Of(kept));
        }
    }

    [Fact]
    public void Decode_IntoAState_AfterADamagedBlob_IsAsIntoANewOne()
    {
        var codec = new StateCodec();
        var kept = new CustomerState();
        byte[] blob = codec.Encode(Random[0]).ToArray();
        Assert.Throws<StateFormatException>(() => codec.Decode(blob[..^1], kept));
        codec.Decode(blob, kept);
        Assert.Equal(StateText.Of(Random[0]), StateText.Of(kept));
    }

    /// <summary>Which form of the length a text takes depends on how long it may be.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(43)]
    [InlineData(128)]
    public void Text_OfEveryLength_IsReadAsWritten(int length)
    {
        foreach (char letter in "aé\u20ac")
        {
            string text = new(letter, length);
            var writer = new BlobWriter();
            writer.Text(text);
            writer.Byte(7);
            var pool = new TextPool();
            for (int i = 0; i < 2; i++)
            {
                var reader = new BlobReader(writer.Written, pool);
                Assert.Equal(text, reader.Text());
                Assert.Equal((7, 0), (reader.Byte(), reader.Left));
            }
        }
    }

    [Fact]
    public void Encode_StatesAreEqual_ExactlyWhenBytesAre()
    {
        var codec = new StateCodec();
        var byBytes = new Dictionary<string, string>();
        var byText = new Dictionary<string, string>();
        foreach (CustomerState state in Random)
        {
            string text = StateText.Of(state), bytes = Convert.ToHexString(codec.Encode(state));
            Assert.Equal(text, byBytes.GetValueOrDefault(bytes, text));
            Assert.Equal(bytes, byText.GetValueOrDefault(text, bytes));
            byBytes[bytes] = text;
            byText[text] = bytes;
        }

        Assert.True(byText.Count > 100);
    }

    [Fact]
    public void Decode_TruncatedBlobs_AreRefused()
    {
        foreach (CustomerState state in Random.Where((_, i) => i % 10 == 0))
        {
            byte[] blob = new StateCodec().Encode(state).ToArray();
            for (int length = 0; length < blob.Length; length++)
                Assert.Throws<StateFormatException>(() => StateCodec.Decode(blob.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Decode_BytesAfterTheEnd_AreRefused()
    {
        foreach (CustomerState state in Random.Take(20))
            Assert.Throws<StateFormatException>(() => StateCodec.Decode([.. new StateCodec().Encode(state), 0]));
        Assert.Throws<StateFormatException>(() => StateCodec.Decode([StateCodec.Version, 1, 0]));
    }

    /// <summary>A damaged blob is refused or is a state, and never takes more memory than a small multiple of its size.</summary>
    [Fact]
    public void Decode_DamagedBlobs_AreRefusedOrStates()
    {
        var random = new Random(20261122);
        var codec = new StateCodec();
        int refused = 0, read = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] blob = codec.Encode(Random[random.Next(Random.Length)]).ToArray();
            for (int n = random.Next(1, 4); n > 0; n--) blob[random.Next(blob.Length)] = (byte)random.Next(256);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                CustomerState state = StateCodec.Decode(blob);
                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                Assert.True(allocated < 20_000 + (100 * blob.Length), $"{allocated} bytes for {Convert.ToHexString(blob)}");
                StateCodec.Decode(codec.Encode(state));
                read++;
            }
            catch (StateFormatException)
            {
                refused++;
            }
        }

        Assert.True(refused > 1_000 && read > 1_000, $"{refused} refused, {read} read");
    }

    [Fact]
    public void Decode_RandomBytes_AreRefused()
    {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] blob = new byte[random.Next(1, 200)];
            random.NextBytes(blob);
            blob[0] = StateCodec.Version;
            try
            {
                _ = StateCodec.Decode(blob);
            }
            catch (StateFormatException)
            {
                // What is expected nearly always; another exception fails the test.
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(StateCodec.Version + 1)]
    [InlineData(255)]
    public void Decode_OtherVersion_IsRefused_AndBothVersionsAreNamed(byte version)
    {
        byte[] blob = new StateCodec().Encode(Random[0]).ToArray();
        blob[0] = version;
        string message = Assert.Throws<StateFormatException>(() => StateCodec.Decode(blob)).Message;
        Assert.Contains($"version {version};", message, StringComparison.Ordinal);
        Assert.Contains($"reads {StateCodec.Version}", message, StringComparison.Ordinal);
    }

    /// <summary>A flag that a newer binary sets must not be lost by an older one that writes the state back.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(128)]
    public void Decode_UnknownFlag_IsRefused(byte flags)
    {
        byte[] blob = new StateCodec().Encode(Random[0]).ToArray();
        blob[1] = flags;
        Assert.Throws<StateFormatException>(() => StateCodec.Decode(blob));
        Assert.Throws<StateFormatException>(() => StateCodec.Decode([StateCodec.Version, flags]));
    }

    /// <summary>
    /// Blobs live for years in Redis. When this fails, the format has changed: raise <see cref="StateCodec.Version"/>,
    /// read the old version too, and keep this blob as the test of that.
    /// </summary>
    [Fact]
    public void Encode_GoldenState_IsPinned()
    {
        string golden = File.ReadAllText(RepositoryFiles.Path("tests", "WinBack.Tests", "Golden", "state-v1.hex")).ReplaceLineEndings(
            "");
        CustomerState state = GoldenState();
        Assert.Equal(golden, Convert.ToHexStringLower(new StateCodec().Encode(state)));
        Assert.Equal(StateText.Of(state), StateText.Of(StateCodec.Decode(Convert.FromHexString(golden))));
    }

    [Fact]
    public void Encode_NewState_IsEmptyAndSmall()
    {
        byte[] blob = new StateCodec().Encode(new CustomerState()).ToArray();
        Assert.True(StateCodec.Decode(blob).IsEmpty);
        Assert.Equal(11, blob.Length);
    }

    /// <summary>Each kind of event once or more, by hand: independent of the random logs.</summary>
    private static CustomerState GoldenState()
    {
        var bench = new FoldBench();
        DateTimeOffset at = FoldBench.Noon;
        EventPayload[] payloads =
        [
            new LifecyclePayload(LifecycleKind.SignedUp, LapseReason.None, ""),
            new ProfilePayload("Europe/London", "en-GB", ValueTier.Mid, "Ann", "books"),
            new ConsentPayload(Channel.Email, ConsentKind.Granted),
            new ConsentPayload(Channel.Sms, ConsentKind.Withdrawn),
            new ConsentPayload(Channel.Push, ConsentKind.AddressBounced),
            new LoginPayload("phone"),
            new UsagePayload("export", 3, 600, 1),
            new UsagePayload("поиск", 1, 0, 0),
            new BillingPayload(BillingKind.Purchase, 25_500_000, 3, "books", "b-1", "", null),
            new BillingPayload(BillingKind.Payment, 9_990_000, 0, "", "", "pro", 9_990_000),
            new BillingPayload(BillingKind.FailedPayment, 9_990_000, 0, "", "", "", null),
            new BillingPayload(BillingKind.Refund, 8_500_000, 1, "", "", "", null),
            new ViewedPayload("/pricing", "plans"),
            new CartPayload(CartStatus.Abandoned, 17_000_000, 2),
            new LoyaltyPayload(1_250),
            new SupportCasePayload(IsClosed: false, 0),
            new SupportCasePayload(IsClosed: true, 2),
            new OutcomePayload("d-1", OutcomeKind.Sent, Channel.Email, 0),
            new OutcomePayload("d-1", OutcomeKind.Clicked, Channel.Email, 0),
            new OutcomePayload("d-1", OutcomeKind.Converted, Channel.Email, 25_500_000),
            new LifecyclePayload(LifecycleKind.Cancelled, LapseReason.Price, "too dear"),
        ];
        for (int i = 0; i < payloads.Length; i++)
        {
            at = at.AddMilliseconds(36_000_001L * (i % 3));
            var stream = (EventStream)(i % EventStreams.Count);
            Assert.Equal(FoldOutcome.Folded, bench.Add(payloads[i], at, at.AddSeconds(1), stream, $"golden-{i}"));
        }

        return bench.State;
    }

    private static IEnumerable<CustomerState> RandomStates(int seed)
    {
        LogFold fold = new(4, new FoldOptions());
        IReadOnlyList<LogRecord> log = RandomLog.Generate(
            seed, new RandomLogOptions { Records = 1_200, Erasures = 0.003, Customers = 12 });
        foreach (LogRecord[] part in log.Chunk(300))
        {
            fold.Run(part);
            foreach (byte[] blob in fold.Blobs().Values) yield return StateCodec.Decode(blob);
        }
    }
}
