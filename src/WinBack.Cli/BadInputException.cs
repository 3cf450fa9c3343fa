namespace WinBack.Cli;

/// <summary>
/// The one exception by which a command says that what it was given is not usable. Its message is shown as it is, so it
/// names the input and the fix.
/// </summary>
internal sealed class BadInputException(string message, Exception? inner = null) : Exception(message, inner);
