using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using Grpc.Core;

namespace Standins.Tests.Grpc;

/// <summary>The stand-ins offer everything that the real server, the real client and generated code refer to.</summary>
public sealed class SurfaceTests
{
    private static readonly string[] Standins = ["Grpc.Core.Api", "Grpc.Net.Common"];

    public static IEnumerable<object[]> Users() => UserNames().Select(name => new object[] { name });

    [Fact]
    public void Users_OfTheStandins_IncludeServerAndClient()
    {
        string[] users = UserNames().ToArray();
        Assert.Contains("Grpc.AspNetCore.Server", users);
        Assert.Contains("Grpc.Net.Client", users);
    }

    [Theory]
    [MemberData(nameof(Users))]
    public void Assembly_EveryReference_IsOffered(string name)
    {
        var references = new StandinReferences(Assembly.Load(name), Standins);
        IReadOnlyList<string> missing = references.FindMissing();
        Assert.True(missing.Count == 0, $"Missing in the stand-ins for {name}:\n{string.Join('\n', missing)}");
        Assert.InRange(references.Resolved, 50, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Users))]
    public void Assembly_EveryMethod_Compiles(string name)
    {
        List<string> failures = [];
        int prepared = new StandinReferences(Assembly.Load(name), Standins).PrepareMethods(failures);
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.InRange(prepared, 50, int.MaxValue);
    }

    [Fact]
    public void Rejects_MissingMember()
    {
        Assembly user = AssemblyThatRefersTo("Grpc.Core.Api", "Grpc.Core", "Metadata", "NoSuchMember");
        string missing = Assert.Single(new StandinReferences(user, Standins).FindMissing());
        Assert.Contains("Grpc.Core.Metadata::NoSuchMember", missing, StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_MissingType()
    {
        Assembly user = AssemblyThatRefersTo("Grpc.Net.Common", "Grpc.Net", "NoSuchType", ".ctor");
        Assert.Contains(new StandinReferences(user, Standins).FindMissing(), line => line.StartsWith("Grpc.Net.NoSuchType:"));
    }

    /// <summary>Compiled code holds enum members as numbers, so these must be the published ones.</summary>
    [Fact]
    public void Enums_Numbers_AreThePublishedOnes()
    {
        Assert.Equal(
            ["Idle", "Connecting", "Ready", "TransientFailure", "Shutdown"], InOrder<ConnectivityState>());
        Assert.Equal(["Unary", "ClientStreaming", "ServerStreaming", "DuplexStreaming"], InOrder<MethodType>());
        Assert.Equal(1, (int)WriteFlags.BufferHint);
        Assert.Equal(2, (int)WriteFlags.NoCompress);
        Assert.Equal(17, InOrder<StatusCode>().Length);
    }

    [Theory]
    [InlineData(typeof(Metadata))]
    [InlineData(typeof(ConnectivityState))]
    public void Identity_OfTheStandins_IsWhatTheUsersReferTo(Type type)
    {
        AssemblyName name = type.Assembly.GetName();
        AssemblyName wanted = Assembly.Load("Grpc.AspNetCore.Server").GetReferencedAssemblies()
            .Concat(Assembly.Load("Grpc.Net.Client").GetReferencedAssemblies())
            .First(reference => reference.Name == name.Name);
        Assert.Equal(wanted.Version, name.Version);
        Assert.Equal(wanted.GetPublicKeyToken(), name.GetPublicKeyToken());
    }

    /// <summary>Every gRPC assembly beside the test that is not a stand-in, and the test with its generated code.</summary>
    private static IEnumerable<string> UserNames() => Directory.GetFiles(AppContext.BaseDirectory, "Grpc.*.dll")
        .Select(file => Path.GetFileNameWithoutExtension(file)!)
        .Except(Standins)
        .Append(typeof(SurfaceTests).Assembly.GetName().Name!)
        .Order();

    /// <summary>Names by number, which must run from 0 without a gap.</summary>
    private static string[] InOrder<T>()
        where T : struct, Enum =>
        Enumerable.Range(0, Enum.GetValues<T>().Length).Select(number => Enum.GetName((T)(object)number)!).ToArray();

    /// <summary>An assembly with nothing in it but one reference to <c>void type::member()</c>.</summary>
    private static Assembly AssemblyThatRefersTo(string assembly, string ns, string type, string member)
    {
        var metadata = new MetadataBuilder();
        metadata.AddModule(0, metadata.GetOrAddString("User.dll"), metadata.GetOrAddGuid(new Guid(1, 2, 3, new byte[8])), default, default);
        metadata.AddAssembly(metadata.GetOrAddString($"User.{type}"), new Version(1, 0), default, default, default, default);
        metadata.AddTypeDefinition(default, default, metadata.GetOrAddString("<Module>"), default,
            MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        AssemblyReferenceHandle scope = metadata.AddAssemblyReference(
            metadata.GetOrAddString(assembly), new Version(2, 0, 0, 0), default, default, default, default);
        TypeReferenceHandle parent = metadata.AddTypeReference(
            scope, metadata.GetOrAddString(ns), metadata.GetOrAddString(type));
        var signature = new BlobBuilder();
        new BlobEncoder(signature).MethodSignature(isInstanceMethod: true).Parameters(0, result => result.Void(), _ => { });
        metadata.AddMemberReference(parent, metadata.GetOrAddString(member), metadata.GetOrAddBlob(signature));

        var image = new BlobBuilder();
        new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), new BlobBuilder())
            .Serialize(image);
        ImmutableArray<byte> bytes = image.ToImmutableArray();
        return new AssemblyLoadContext(type).LoadFromStream(new MemoryStream(bytes.ToArray()));
    }
}
