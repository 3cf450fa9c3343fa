using Pipelines.Sockets.Unofficial;

namespace Standins.Tests.Redis;

public sealed class DelegatesTests
{
    [Fact]
    public void AsEnumerable_SeveralTargets_GivesThemInCallOrder()
    {
        List<string> calls = [];
        Action? all = null;
        foreach (string name in new[] { "a", "b", "a" })
        {
            all += () => calls.Add(name);
        }

        foreach (Action target in Delegates.AsEnumerable(all!))
        {
            Assert.True(Delegates.IsSingle(target));
            target();
        }

        Assert.False(Delegates.IsSingle(all!));
        Assert.Equal(["a", "b", "a"], calls);
    }

    [Fact]
    public void AsEnumerable_Null_IsEmpty()
    {
        foreach (Action _ in Delegates.AsEnumerable<Action>(null))
        {
            Assert.Fail("There is no target.");
        }
    }
}
