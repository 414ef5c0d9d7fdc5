using Microsoft.Extensions.DependencyInjection;

namespace FeedWatch.Seen;

internal static class SeenRoom
{
    public static IServiceCollection AddSeen(this IServiceCollection services) => services.AddSingleton<SeenArticles>().AddSingleton<SeenSweep>();
}
