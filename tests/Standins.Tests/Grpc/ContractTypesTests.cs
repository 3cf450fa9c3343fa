using System.Text;
using Grpc.Core;

namespace Standins.Tests.Grpc;

/// <summary>The small types by themselves: metadata rules, status text, marshallers, service definitions.</summary>
public sealed class ContractTypesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("has space")]
    [InlineData(":authority")]
    [InlineData("käse")]
    public void Entry_BadKey_IsRefused(string key) => Assert.Throws<ArgumentException>(() => new Metadata.Entry(key, "v"));

    [Fact]
    public void Entry_SuffixAndValue_MustAgree()
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("a-bin", "text"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("a", new byte[1]));
        var binary = new Metadata.Entry("A-Bin", new byte[] { 1, 2 });
        Assert.Equal("a-bin", binary.Key);
        Assert.True(binary.IsBinary);
        Assert.Throws<InvalidOperationException>(() => binary.Value);
        binary.ValueBytes[0] = 9;
        Assert.Equal([1, 2], binary.ValueBytes);
        Assert.Equal(Encoding.ASCII.GetBytes("v"), new Metadata.Entry("a", "v").ValueBytes);
    }

    [Fact]
    public void Metadata_AsAList_KeepsOrderAndFindsTheLast()
    {
        var metadata = new Metadata { { "a", "1" }, { "b", "2" }, { "a", "3" } };
        Assert.Equal("3", metadata.GetValue("a"));
        Assert.Equal(["1", "3"], metadata.GetAll("a").Select(entry => entry.Value));
        Assert.Null(metadata.Get("c"));
        Assert.Null(metadata.GetValue("c"));
        Assert.Null(metadata.GetValueBytes("c"));
        metadata.RemoveAt(0);
        metadata.Insert(0, new Metadata.Entry("z", "0"));
        metadata[1] = new Metadata.Entry("y", "4");
        Assert.Equal(["z", "y", "a"], metadata.Select(entry => entry.Key));
        Assert.True(metadata.Remove(metadata[0]));
        Assert.Equal(2, metadata.Count);
        metadata.Clear();
        Assert.Empty(metadata);
    }

    [Fact]
    public void Metadata_Empty_CannotChange()
    {
        Assert.True(Metadata.Empty.IsReadOnly);
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("a", "b"));
        Assert.Throws<InvalidOperationException>(Metadata.Empty.Clear);
        Assert.Empty(Metadata.Empty);
    }

    [Fact]
    public void Status_Text_ShowsCodeAndDetail()
    {
        var status = new Status(StatusCode.NotFound, "no such customer");
        Assert.Equal("Status(StatusCode=\"NotFound\", Detail=\"no such customer\")", status.ToString());
        Assert.Equal(status.ToString(), new RpcException(status).Message);
        Assert.Equal("said", new RpcException(status, "said").Message);
        Assert.Same(Metadata.Empty, new RpcException(status).Trailers);
    }

    [Fact]
    public void Marshaller_OfEitherKind_OffersBoth()
    {
        Marshaller<string> contextual = Marshallers.Create<string>(
            (text, context) =>
            {
                context.SetPayloadLength(text.Length);
                System.Buffers.BuffersExtensions.Write(context.GetBufferWriter(), Encoding.UTF8.GetBytes(text));
                context.Complete();
            },
            context => Encoding.UTF8.GetString(context.PayloadAsReadOnlySequence()));
        Assert.Equal("abc", contextual.Deserializer(contextual.Serializer("abc")));
        Assert.Equal(contextual.Serializer("abc"), Marshallers.StringMarshaller.Serializer("abc"));
        Assert.Throws<InvalidOperationException>(() => Marshallers.Create<string>((_, _) => { }, _ => "").Serializer("x"));
    }

    [Fact]
    public void Definition_SameMethodTwice_IsRefused()
    {
        ServerServiceDefinition.Builder builder = ServerServiceDefinition.CreateBuilder()
            .AddMethod(Methods.Unary, (request, _) => Task.FromResult(request));
        Assert.Throws<ArgumentException>(() => builder.AddMethod(Methods.Unary, (request, _) => Task.FromResult(request)));
    }

    [Fact]
    public void Options_With_ChangesOnlyTheCopy()
    {
        var plain = new CallOptions();
        CallOptions changed = plain.WithHeaders([]).WithWaitForReady().WithWriteOptions(new WriteOptions(WriteFlags.BufferHint));
        Assert.Null(plain.Headers);
        Assert.False(plain.IsWaitForReady);
        Assert.NotNull(changed.Headers);
        Assert.True(changed.IsWaitForReady);
        Assert.False(changed.WithWaitForReady(false).IsWaitForReady);
        Assert.Equal(WriteFlags.BufferHint, changed.WriteOptions!.Flags);
        Assert.Null(changed.Deadline);
    }

    [Fact]
    public async Task Writer_WithoutOwnCancellation_RefusesOnlyTokensThatCanBeCancelled()
    {
        IAsyncStreamWriter<string> writer = new ListWriter();
        await writer.WriteAsync("a", CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAsync<NotSupportedException>(() => writer.WriteAsync("b", cancellation.Token));
        Assert.Equal(["a"], ((ListWriter)writer).Written);
    }

    private sealed class ListWriter : IAsyncStreamWriter<string>
    {
        public List<string> Written { get; } = [];

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(string message)
        {
            Written.Add(message);
            return Task.CompletedTask;
        }
    }
}
