using BenchmarkDotNet.Running;
using FeedWatch.Benchmarks;

if (args is ["stream", var path]) StreamMeasure.Run(path);
else if (args is ["fuzz", var minutes, .. var files]) return DetectorFuzz.Run(TimeSpan.FromMinutes(double.Parse(minutes, System.Globalization.CultureInfo.InvariantCulture)), files);
else if (args is ["year", var feeds, .. var days]) return await YearOfPolling.RunAsync(int.Parse(feeds, System.Globalization.CultureInfo.InvariantCulture), days is [var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 365);
else if (args is ["look", .. var rounds]) await LookMeasure.RunAsync(rounds is [var many] ? int.Parse(many, System.Globalization.CultureInfo.InvariantCulture) : 20_000);
else if (args is ["crash", var runs]) return await CrashRuns.RunAsync(int.Parse(runs, System.Globalization.CultureInfo.InvariantCulture));
else if (args is ["powerloss", .. var cuts]) return await PowerLossRuns.RunAsync(cuts is [var number] ? int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : 10_000);
else if (args is ["relay", .. var events]) return await RelayMeasure.RunAsync(events is [var total] ? int.Parse(total, System.Globalization.CultureInfo.InvariantCulture) : 10_000);
else if (args is ["link", .. var sizes]) await LinkMeasure.RunAsync(sizes is [var incidents, ..] ? int.Parse(incidents, System.Globalization.CultureInfo.InvariantCulture) : 10_000, sizes is [_, var articles] ? int.Parse(articles, System.Globalization.CultureInfo.InvariantCulture) : 1_000_000);
else BenchmarkSwitcher.FromTypes([typeof(ParsingBenchmark)]).Run(args);
return 0;
