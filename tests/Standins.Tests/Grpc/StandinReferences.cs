using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.CompilerServices;

namespace Standins.Tests.Grpc;

/// <summary>
/// What a compiled assembly asks of the stand-ins: the types and members it refers to (from its metadata), and the
/// members it overrides. The runtime itself resolves each, with object for every type argument, so that what passes
/// here cannot fail with MissingMethodException or TypeLoadException later.
/// </summary>
internal sealed class StandinReferences(Assembly assembly, params string[] standins)
{
    private const int GenericArguments = 8;
    private static readonly Type[] Objects = Enumerable.Repeat(typeof(object), GenericArguments).ToArray();

    /// <summary>Number of references that were resolved, to see that the check found something to check.</summary>
    public int Resolved { get; private set; }

    /// <summary>One line for each reference that the stand-ins do not satisfy.</summary>
    public unsafe IReadOnlyList<string> FindMissing()
    {
        if (!assembly.TryGetRawMetadata(out byte* blob, out int length))
        {
            throw new InvalidOperationException($"{assembly} has no metadata to read.");
        }

        var reader = new MetadataReader(blob, length);
        List<string> missing = [];
        foreach (TypeReferenceHandle handle in reader.TypeReferences.Where(handle => IsStandin(reader, handle)))
        {
            Resolve(missing, TypeName(reader, handle), MetadataTokens.GetToken(handle));
        }

        foreach (MemberReferenceHandle handle in reader.MemberReferences)
        {
            MemberReference member = reader.GetMemberReference(handle);
            if (DeclaringType(reader, member.Parent) is { } type && IsStandin(reader, type))
            {
                Resolve(missing, $"{TypeName(reader, type)}::{reader.GetString(member.Name)}", MetadataTokens.GetToken(handle));
            }
        }

        AddTypesThatDoNotLoad(missing);
        return missing;
    }

    /// <summary>Compiles each method, which binds what the metadata tables alone do not show. Returns how many.</summary>
    public int PrepareMethods(List<string> failures)
    {
        int prepared = 0;
        foreach (Type type in assembly.GetTypes().Where(type => !type.IsInterface))
        {
            foreach (MethodBase method in MethodsOf(type).Where(method => !method.IsAbstract && method.GetMethodBody() is not null))
            {
                try
                {
                    Prepare(type, method);
                    prepared++;
                }
                catch (Exception error) when (error is MissingMemberException or TypeLoadException or MemberAccessException)
                {
                    failures.Add($"{type}::{method.Name}: {error.Message}");
                }
            }
        }

        return prepared;
    }

    private static IEnumerable<MethodBase> MethodsOf(Type type)
    {
        const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic |
            BindingFlags.Instance | BindingFlags.Static;
        return type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared));
    }

    private static void Prepare(Type type, MethodBase method)
    {
        Type[] arguments = type.GetGenericArguments();
        Type[] methodArguments = method is MethodInfo ? method.GetGenericArguments() : [];
        if (arguments.Concat(methodArguments).Any(argument => !AcceptsObject(argument)))
        {
            return;
        }

        RuntimeTypeHandle[] handles = arguments.Concat(methodArguments).Select(_ => typeof(object).TypeHandle).ToArray();
        RuntimeHelpers.PrepareMethod(method.MethodHandle, handles.Length == 0 ? null : handles);
    }

    private static bool AcceptsObject(Type parameter) =>
        !parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint) &&
        parameter.GetGenericParameterConstraints().All(constraint => constraint == typeof(object));

    private void Resolve(List<string> missing, string name, int token)
    {
        try
        {
            assembly.ManifestModule.ResolveMember(token, Objects, Objects);
            Resolved++;
        }
        catch (Exception error) when (error is MissingMemberException or TypeLoadException or FileNotFoundException)
        {
            missing.Add($"{name}: {error.Message}");
        }
    }

    private void AddTypesThatDoNotLoad(List<string> missing)
    {
        try
        {
            foreach (MethodInfo method in assembly.GetTypes().SelectMany(MethodsOf).OfType<MethodInfo>())
            {
                // An override that finds nothing to override becomes a method that nobody calls.
                bool isOverride = method.IsVirtual && !method.Attributes.HasFlag(MethodAttributes.NewSlot);
                if (isOverride && method.GetBaseDefinition() == method)
                {
                    missing.Add($"{method.DeclaringType}::{method} overrides nothing.");
                }
            }
        }
        catch (ReflectionTypeLoadException error)
        {
            missing.AddRange(error.LoaderExceptions.Select(cause => cause!.Message));
        }
    }

    private bool IsStandin(MetadataReader reader, TypeReferenceHandle handle)
    {
        EntityHandle scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => IsStandin(reader, (TypeReferenceHandle)scope),
            HandleKind.AssemblyReference => standins.Contains(
                reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name)),
            _ => false,
        };
    }

    private static string TypeName(MetadataReader reader, TypeReferenceHandle handle)
    {
        TypeReference type = reader.GetTypeReference(handle);
        string name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{TypeName(reader, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : $"{reader.GetString(type.Namespace)}.{name}";
    }

    /// <summary>The type that a member belongs to; for one of a generic type, the generic definition.</summary>
    private static TypeReferenceHandle? DeclaringType(MetadataReader reader, EntityHandle parent)
    {
        if (parent.Kind == HandleKind.TypeReference)
        {
            return (TypeReferenceHandle)parent;
        }

        if (parent.Kind != HandleKind.TypeSpecification)
        {
            return null;
        }

        BlobReader signature = reader.GetBlobReader(
            reader.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return null;
        }

        // GENERICINST is followed by CLASS or VALUETYPE, which the reader gives as one code, and the type.
        signature.ReadCompressedInteger();
        EntityHandle type = signature.ReadTypeHandle();
        return type.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)type : null;
    }
}
