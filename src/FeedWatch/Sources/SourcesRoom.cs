using Microsoft.Extensions.DependencyInjection;

namespace FeedWatch.Sources;

internal static class SourcesRoom
{
    public static IServiceCollection AddSources(this IServiceCollection services)
    {
        services.AddOptions<FeedOptions>().BindConfiguration(FeedOptions.Section);
        services.AddSingleton<FeedCatalog>();
        return services;
    }
}
