using Google.Api;
using Google.Protobuf.Reflection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace WinBack.Service.Http;

/// <summary>Where a method is reached over HTTP: what its google.api.http option says.</summary>
/// <param name="Verb">GET or POST.</param>
/// <param name="Path">With the names of fields in braces; every route pattern of ASP.NET Core alike.</param>
internal sealed record HttpRoute(MethodDescriptor Method, string Verb, string Path)
{
    internal bool HasBody => Verb == "POST";

    /// <summary>Of the methods that have the option.</summary>
    internal static IEnumerable<HttpRoute> Of(ServiceDescriptor service)
    {
        foreach (MethodDescriptor method in service.Methods)
            if (method.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is { } rule)
                yield return rule.PatternCase == HttpRule.PatternOneofCase.Get
                    ? new HttpRoute(method, "GET", rule.Get)
                    : new HttpRoute(method, "POST", rule.Post);
    }

    /// <summary>The fields that stand in the path.</summary>
    internal IEnumerable<FieldDescriptor> PathFields => Method.InputType.Fields.InFieldNumberOrder().Where(
        part => Path.Contains("{" + part.Name + "}", StringComparison.Ordinal));
}
