using System.Text.Json;
using System.Text.Json.Serialization;
using WinBack.Core.Models;

namespace WinBack.Adapters.Redis;

/// <summary>Catalogue and audit entries as they are stored. Equal values give equal bytes, which the script compares.</summary>
internal static class RegistryJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        // A newer program's fields would be lost when this one writes the catalogue again.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    internal static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    internal static ModelCatalogue ReadCatalogue(byte[]? json) => json is null or [] ? ModelCatalogue.Empty : Read<ModelCatalogue>(json);

    /// <exception cref="RegistryException">It is not what this program writes.</exception>
    internal static T Read<T>(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options) ?? throw new RegistryException("the registry holds null");
        }
        catch (JsonException e)
        {
            throw new RegistryException($"the registry cannot be read ({e.Message}); was it written by a newer program? Update this one", e);
        }
    }
}
