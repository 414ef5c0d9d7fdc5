using FeedWatch.Sources.Lists;
using FeedWatch.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FeedWatch.Sources;

internal static class SourcesRoom
{
    public static IServiceCollection AddSources(this IServiceCollection services)
    {
        services.AddOptions<FeedOptions>().BindConfiguration(FeedOptions.Section);
        services.AddSingleton<FeedCatalog>();
        services.AddSingleton(provider => new FeedLists(provider.GetRequiredService<IOptions<FeedOptions>>().Value.File, provider.GetRequiredService<IOptions<StorageOptions>>().Value.DataFolder));
        return services;
    }
}
