using Microsoft.Extensions.DependencyInjection;

namespace FeedWatch.Parsing;

internal static class ParsingRoom
{
    public static IServiceCollection AddParsing(this IServiceCollection services) => services.AddSingleton<FeedParser>();
}
