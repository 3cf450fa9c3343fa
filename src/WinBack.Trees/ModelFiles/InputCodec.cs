using System.Text;
using WinBack.Trees.Inputs;

namespace WinBack.Trees.ModelFiles;

/// <summary>The preparation of inputs in model.bin, after the trees.</summary>
/// <remarks>
/// <code>
/// i32 columns;  columns x { text name, u8 is text }
/// i32 lookups;  lookups x { i32 column, u8 is text, i32 terms, terms x (text | f32) }
/// F x slot:     i32 column (-1: from a look-up), i32 lookup (-1: a number), i32 key, i32 steps,
///               steps x { u8 replaces missing, f32 first, f32 second }
/// text:         i32 bytes, UTF-8
/// </code>
/// </remarks>
internal static class InputCodec
{
    public static void Write(BinaryWriter writer, InputMap inputs)
    {
        writer.Write(inputs.Columns.Count);
        foreach (var column in inputs.Columns)
        {
            WriteText(writer, column.Name);
            writer.Write(column.IsText);
        }

        writer.Write(inputs.Lookups.Count);
        foreach (var lookup in inputs.Lookups)
        {
            WriteLookup(writer, lookup);
        }

        foreach (var slot in inputs.Slots)
        {
            writer.Write(slot.Column);
            writer.Write(slot.Lookup);
            writer.Write(slot.Key);
            writer.Write(slot.Steps.Count);
            foreach (var step in slot.Steps)
            {
                writer.Write(step.ReplacesMissing);
                writer.Write(step.First);
                writer.Write(step.Second);
            }
        }
    }

    /// <param name="reader">At the start of the section.</param>
    /// <param name="featureNames">One per slot.</param>
    /// <exception cref="ModelFormatException">The section is damaged.</exception>
    public static InputMap Read(ByteReader reader, IReadOnlyList<string> featureNames)
    {
        var columns = new InputColumn[reader.Count("columns", sizeof(int) + 1)];
        for (int c = 0; c < columns.Length; c++)
        {
            columns[c] = new InputColumn(ReadText(reader), reader.Byte() != 0);
        }

        if (columns.Select(column => column.Name).Distinct(StringComparer.Ordinal).Count() != columns.Length)
        {
            throw reader.Fault("An input column is there twice.");
        }

        var lookups = new InputLookup[reader.Count("look-ups", 4 + 1 + 4)];
        for (int l = 0; l < lookups.Length; l++)
        {
            lookups[l] = ReadLookup(reader, columns);
        }

        var slots = new SlotSource[featureNames.Count];
        for (int s = 0; s < slots.Length; s++)
        {
            slots[s] = ReadSlot(reader, featureNames[s], columns, lookups.Length);
        }

        return new InputMap(columns, lookups, slots);
    }

    private static void WriteLookup(BinaryWriter writer, InputLookup lookup)
    {
        var terms = lookup.Vocabulary;
        writer.Write(lookup.Column);
        writer.Write(terms.IsText);
        writer.Write(terms.Names.Count);
        if (terms.IsText)
        {
            foreach (string term in terms.Names)
            {
                WriteText(writer, term);
            }
        }

        foreach (float term in terms.Numbers)
        {
            writer.Write(term);
        }
    }

    private static InputLookup ReadLookup(ByteReader reader, InputColumn[] columns)
    {
        int column = reader.Int32();
        bool isText = reader.Byte() != 0;
        if (column < 0 || column >= columns.Length || columns[column].IsText != isText)
        {
            throw reader.Fault($"A look-up in column {column}, which is not there or of another type.");
        }

        int count = reader.Count("terms", sizeof(float));
        if (!isText)
        {
            return new InputLookup(column, new Vocabulary(reader.Singles(count)));
        }

        var terms = new string[count];
        for (int i = 0; i < count; i++)
        {
            terms[i] = ReadText(reader);
        }

        return new InputLookup(column, new Vocabulary(terms));
    }

    private static SlotSource ReadSlot(ByteReader reader, string name, InputColumn[] columns, int lookups)
    {
        int column = reader.Int32();
        int lookup = reader.Int32();
        int key = reader.Int32();
        bool isNumber = lookup == -1 && column >= 0 && column < columns.Length && !columns[column].IsText;
        if (!isNumber && !(column == -1 && lookup >= 0 && lookup < lookups))
        {
            throw reader.Fault($"Feature '{name}' comes from column {column} and look-up {lookup}.");
        }

        var steps = new SlotStep[reader.Count("steps", 1 + 4 + 4)];
        for (int i = 0; i < steps.Length; i++)
        {
            steps[i] = new SlotStep(reader.Byte() != 0, reader.Single(), reader.Single());
        }

        return new SlotSource(name, column, lookup, key, steps);
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        writer.Write(utf8.Length);
        writer.Write(utf8);
    }

    private static string ReadText(ByteReader reader) => Encoding.UTF8.GetString(reader.Take(reader.Count("bytes", 1)));
}
