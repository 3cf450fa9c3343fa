using WinBack.Cli;

return await CommandRunner.RunAsync(RootCommandBuilder.Build(), args);
