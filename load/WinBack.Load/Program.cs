using WinBack.Load;

return await LoadCommand.Build().Parse(args).InvokeAsync();
