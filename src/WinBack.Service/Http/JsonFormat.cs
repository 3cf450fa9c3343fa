using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;

namespace WinBack.Service.Http;

/// <summary>The JSON form of protobuf messages, with the error details that results of a batch carry.</summary>
internal static class JsonFormat
{
    private static readonly TypeRegistry Details =
        TypeRegistry.FromMessages(ErrorInfo.Descriptor, BadRequest.Descriptor, RetryInfo.Descriptor);

    internal static JsonFormatter Formatter { get; } = new(JsonFormatter.Settings.Default.WithTypeRegistry(Details));

    /// <summary>What it does not know it refuses: a field that is misspelt would be passed over otherwise.</summary>
    internal static JsonParser Parser { get; } = JsonParser.Default;
}
