using MailAdmin.Cli;

return await CommandTree.RunAsync(args, CliHost.OfProcess(), CancellationToken.None);
