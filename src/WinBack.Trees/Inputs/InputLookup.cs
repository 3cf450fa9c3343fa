namespace WinBack.Trees.Inputs;

/// <summary>An input column looked up in a vocabulary, once per row.</summary>
internal sealed record InputLookup(int Column, Vocabulary Vocabulary);
