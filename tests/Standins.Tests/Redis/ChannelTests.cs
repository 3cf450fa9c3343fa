using System.Collections.Concurrent;
using StackExchange.Redis;

namespace Standins.Tests.Redis;

/// <summary>Publish and subscribe: messages come between replies, on a connection of their own.</summary>
public abstract class ChannelTests(ServerFixture server)
{
    private const int Messages = 1_000;

    private ISubscriber Subscriber => server.Connection.GetSubscriber();

    [Fact]
    public async Task Subscribe_Queue_GetsEveryMessageInOrder()
    {
        RedisChannel channel = NewChannel();
        ChannelMessageQueue queue = await Subscriber.SubscribeAsync(channel);
        for (int i = 0; i < Messages; i++)
        {
            await Subscriber.PublishAsync(channel, i);
        }

        using var limit = new CancellationTokenSource(Loopback.Limit);
        for (int i = 0; i < Messages; i++)
        {
            Assert.Equal(i, (int)(await queue.ReadAsync(limit.Token)).Message);
        }

        await queue.UnsubscribeAsync();
    }

    [Fact]
    public async Task Subscribe_TwoHandlers_BothGetEveryMessage()
    {
        RedisChannel channel = NewChannel();
        ConcurrentQueue<int>[] seen = [new(), new()];
        using var all = new CountdownEvent(2 * Messages);
        foreach (ConcurrentQueue<int> handler in seen)
        {
            await Subscriber.SubscribeAsync(channel, (_, message) =>
            {
                handler.Enqueue((int)message);
                all.Signal();
            });
        }

        await Task.WhenAll(Enumerable.Range(0, Messages).Select(i => Subscriber.PublishAsync(channel, i)));
        Assert.True(await Task.Run(() => all.Wait(Loopback.Limit)));
        Assert.All(seen, handler => Assert.Equal(Enumerable.Range(0, Messages), handler.Order()));
        await Subscriber.UnsubscribeAsync(channel);
    }

    [Fact]
    public async Task Subscribe_Pattern_GetsTheChannelsName()
    {
        RedisChannel channel = NewChannel();
        ChannelMessageQueue queue = await Subscriber.SubscribeAsync(RedisChannel.Pattern($"{channel}*"));
        await Subscriber.PublishAsync(RedisChannel.Literal($"{channel}:x"), "hello");
        using var limit = new CancellationTokenSource(Loopback.Limit);
        ChannelMessage message = await queue.ReadAsync(limit.Token);

        Assert.Equal($"{channel}:x", (string?)message.Channel);
        Assert.Equal("hello", message.Message);
        await queue.UnsubscribeAsync();
    }

    private RedisChannel NewChannel() => RedisChannel.Literal($"channel:{server.NewKey()}");
}
