using WinBack.Cli;
using WinBack.Load;

return await CommandRunner.RunAsync(LoadCommand.Build(), args);
