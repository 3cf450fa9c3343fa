namespace WinBack.Service.Hosting;

/// <summary>A setting names something that cannot be used; the message names the setting and the fix.</summary>
internal sealed class SettingException(string message) : Exception(message);
