using FeedWatch.Commands;

return await CommandLine.RunAsync(args, CancellationToken.None);
