using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;
using WinBack.Adapters.Tracing;
using WinBack.Core.Metrics;

namespace WinBack.Adapters.Redis;

/// <summary>
/// A script embedded in this assembly, called by its SHA-1. A server that lost its script cache (restart, failover)
/// answers NOSCRIPT and has not run anything; the call is then sent once more with the text.
/// </summary>
internal sealed class LuaScript
{
        private readonly string _text;
    private readonly byte[] _sha1;

    /// <param name="names">File names under Redis/Scripts, without the ending; run as one script, in this order.</param>
    internal LuaScript(params string[] names)
        : this(names[^1], text: string.Join('\n', names.Select(TextOf)))
    {
    }

    private LuaScript(string name, string text)
    {
        Name = name;
        _text = text;
        // SHA-1 is what EVALSHA is defined by.
        _sha1 = SHA1.HashData(Encoding.UTF8.GetBytes(_text));
    }

    /// <summary>Of the last of its files: what spans and metrics call it.</summary>
    internal string Name { get; }

    /// <summary>The same script without one guard, for tests that must fail then.</summary>
    /// <exception cref="ArgumentException">The guard does not occur exactly once.</exception>
    internal LuaScript Without(string guard, string instead = "") => _text.Split(guard).Length == 2
        ? new LuaScript(Name, text: _text.Replace(guard, instead, StringComparison.Ordinal))
        : throw new ArgumentException($"not once in the script: {guard}", nameof(guard));

    internal async Task<RedisResult> RunAsync(IDatabase redis, RedisKey[] keys, RedisValue[] values)
    {
        using Activity? span = Spans.StartScript(Name);
        try
        {
            try
            {
                return await redis.ScriptEvaluateAsync(_sha1, keys, values).ConfigureAwait(false);
            }
            catch (RedisServerException e) when (e.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
            {
                return await redis.ScriptEvaluateAsync(_text, keys, values).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            string kind = KindOf(e);
            Spans.Fail(span, kind);
            Instruments.ScriptFailures.Add(
                1, new KeyValuePair<string, object?>("winback.script", Name), new KeyValuePair<string, object?>("error.type", kind));
            throw;
        }
    }

    private static string KindOf(Exception e) => e switch
    {
        TimeoutException => "timeout",
        _ when RedisFaults.IsTransient(e) => "away",
        RedisServerException => "script",
        _ => "other",
    };

    private static string TextOf(string name)
    {
        using Stream stream = typeof(LuaScript).Assembly.GetManifestResourceStream($"WinBack.Adapters.Redis.Scripts.{name}.lua")
            ?? throw new InvalidOperationException($"no embedded script '{name}'");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
