using System.Reflection;
using Pipelines.Sockets.Unofficial;
using Pipelines.Sockets.Unofficial.Arenas;
using StackExchange.Redis;
using Standins.Tests.Grpc;

namespace Standins.Tests.Redis;

/// <summary>
/// Everything that the real StackExchange.Redis refers to in the two missing assemblies exists, with the signature it
/// was compiled against. A missing member would otherwise show only when the code path that uses it first runs.
/// </summary>
public sealed class SurfaceTests
{
    private const string Pipelines = "Pipelines.Sockets.Unofficial";
    private const string Hashing = "System.IO.Hashing";

    private static readonly Assembly _client = typeof(ConnectionMultiplexer).Assembly;

    [Theory]
    [InlineData(Pipelines, 24 + 60)]
    [InlineData(Hashing, 1 + 1)]
    public void Client_EveryReference_IsOffered(string standin, int least)
    {
        var references = new StandinReferences(_client, standin);
        IReadOnlyList<string> missing = references.FindMissing();

        Assert.True(missing.Count == 0, $"Missing in {standin}:\n{string.Join('\n', missing)}");
        Assert.InRange(references.Resolved, least, int.MaxValue);
    }

    [Fact]
    public void Client_EveryMethod_Compiles()
    {
        List<string> failures = [];
        int prepared = new StandinReferences(_client, Pipelines, Hashing).PrepareMethods(failures);

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.InRange(prepared, 5_000, int.MaxValue);
    }

    [Theory]
    [InlineData(Pipelines)]
    [InlineData(Hashing)]
    public void Standin_Version_IsAtLeastTheOneReferredTo(string standin)
    {
        Version wanted = _client.GetReferencedAssemblies().Single(reference => reference.Name == standin).Version!;

        Assert.InRange(Assembly.Load(standin).GetName().Version!, wanted, new Version(99, 0));
    }

    /// <summary>Compiled code holds enum members as numbers, so these must be the published ones.</summary>
    [Fact]
    public void Enums_Numbers_AreThePublishedOnes()
    {
        Assert.Equal(100, (int)PipeShutdownKind.ReadEndOfStream);
        Assert.Equal(400, (int)PipeShutdownKind.ProtocolExitClient);
        Assert.Equal(16, (int)ArenaFlags.Default);
        Assert.Equal(0, (int)SocketConnectionOptions.None);
    }
}
