using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;

namespace WinBack.Tests.Tidy;

public sealed partial class ProtoTests
{
    private static IEnumerable<SourceFile> Protos() => SourceFile.All.Where(
        f => f.Path.StartsWith("protos/winback/", StringComparison.Ordinal) && f.Path.EndsWith(".proto", StringComparison.Ordinal));

    [Fact]
    public void Numbers_HaveACommentWithTheirUnit() => AssertCommented(NumberPattern());

    [Fact]
    public void MessagesEnumsServicesAndCalls_HaveAComment() => AssertCommented(DeclarationPattern());

    [Fact]
    public void Enums_BeginWithUnspecified()
    {
        var wrong = new List<string>();
        foreach (SourceFile file in Protos())
            foreach (Match first in FirstValuePattern().Matches(file.Text))
                if (!first.Groups["name"].Value.EndsWith("_UNSPECIFIED", StringComparison.Ordinal) || first.Groups["number"].Value != "0")
                    wrong.Add($"{file.Path}: {first.Value}");
        Findings.AssertNone(wrong);
    }

    /// <summary>
    /// Events stay in Kafka and in files for years, so a number once given keeps its meaning: lines of the golden file
    /// may be added, never changed or taken out.
    /// </summary>
    [Fact]
    public void Events_FieldNumbers_ArePinned()
    {
        string[] pinned = File.ReadAllLines(RepositoryFiles.Path("tests", "WinBack.Tests", "Golden", "event-fields.txt"));
        FileDescriptor[] files = [V1.EventsReflection.Descriptor, V1.TypesReflection.Descriptor];
        string[] found = [.. files.SelectMany(Fields).Order(StringComparer.Ordinal)];
        Assert.Equal([], pinned.Except(found));
        Assert.True(pinned.SequenceEqual(found), "add to Golden/event-fields.txt:\n" + string.Join('\n', found.Except(pinned)));
    }

    private static IEnumerable<string> Fields(FileDescriptor file) =>
        file.MessageTypes.SelectMany(Fields).Concat(file.EnumTypes.SelectMany(Values));

    private static IEnumerable<string> Fields(MessageDescriptor message) =>
        message.Fields.InFieldNumberOrder().Select(f => $"{message.FullName} {f.FieldNumber} {f.Name} {TypeOf(f)}")
            .Concat(message.NestedTypes.SelectMany(Fields)).Concat(message.EnumTypes.SelectMany(Values));

    private static IEnumerable<string> Values(EnumDescriptor values) =>
        values.Values.Select(v => $"{values.FullName} {v.Number} {v.Name}");

    private static string TypeOf(FieldDescriptor field) => (field.IsRepeated ? "repeated " : "") + field.FieldType switch
    {
        FieldType.Message => field.MessageType.FullName,
        FieldType.Enum => field.EnumType.FullName,
        _ => field.FieldType.ToString().ToLowerInvariant(),
    };

    private static void AssertCommented(Regex declaration)
    {
        var wrong = new List<string>();
        foreach (SourceFile file in Protos())
            for (int i = 1; i < file.Lines.Length; i++)
                if (declaration.IsMatch(file.Lines[i]) && !file.Lines[i - 1].TrimStart().StartsWith("//", StringComparison.Ordinal))
                    wrong.Add($"{file.Path}:{i + 1}: {file.Lines[i].Trim()}");
        Findings.AssertNone(wrong);
    }

    [GeneratedRegex(@"^\s*(optional |repeated )?(double|float|u?int(32|64)|s?fixed(32|64)|sint(32|64)) \w+ = \d+")]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"^\s*(message|enum|service|rpc) \w+")]
    private static partial Regex DeclarationPattern();

    [GeneratedRegex(@"enum \w+ \{\s*(//[^\n]*\s*)*(?<name>\w+) = (?<number>\d+)")]
    private static partial Regex FirstValuePattern();
}
