namespace WinBack.Adapters.Redis;

/// <summary>The scripts of the decision path.</summary>
internal sealed record DecisionScripts(
    LuaScript Expected, LuaScript Reserve, LuaScript Confirm, LuaScript Release, LuaScript Get, LuaScript Hear)
{
    internal static DecisionScripts Default { get; } = new(
        new LuaScript("expected"), new LuaScript("ledger", "reserve"), new LuaScript("ledger", "confirm"),
        new LuaScript("ledger", "release"), new LuaScript("get"), new LuaScript("ledger", "hear"));
}
