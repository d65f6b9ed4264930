namespace Kindred.Demo.Shop;

/// <summary>The words that the shop's names and descriptions are made of.</summary>
internal static class ShopVocabulary
{
    /// <param name="TypicalPrice">Median price of the category, in the shop's currency.</param>
    public sealed record Department(string Name, double TypicalPrice, string[] Things, string[] Materials, string Use);

    public static readonly Department[] Departments =
    [
        new("Kitchen", 28,
            [
                "Chef's Knife", "Saucepan", "Cutting Board", "Coffee Grinder", "Kettle",
                "Mixing Bowl", "Baking Dish", "Peppermill", "Whisk", "Storage Jar",
            ],
            ["Steel", "Walnut", "Enamel", "Stoneware", "Copper", "Bamboo"],
            "cooking at home"),
        new("Garden", 34,
            [
                "Trowel", "Watering Can", "Planter", "Pruner", "Hose Reel",
                "Bird Feeder", "Garden Bench", "Compost Bin", "Seed Tray", "Rake",
            ],
            ["Galvanised", "Ash", "Terracotta", "Cedar", "Brass", "Willow"],
            "beds, pots and balconies"),
        new("Camping", 62,
            [
                "Tent", "Sleeping Bag", "Camp Stove", "Headlamp", "Hammock",
                "Water Filter", "Folding Chair", "Dry Bag", "Mess Kit", "Trekking Poles",
            ],
            ["Ripstop", "Titanium", "Down", "Canvas", "Alloy", "Merino"],
            "nights outdoors"),
        new("Cycling", 48,
            [
                "Helmet", "Pannier", "Bike Light", "Floor Pump", "Saddle",
                "Bottle Cage", "Multi-Tool", "Handlebar Bag", "Bell", "Rain Cape",
            ],
            ["Carbon", "Leather", "Waxed", "Alloy", "Reflective", "Brass"],
            "commutes and long rides"),
        new("Books", 17,
            [
                "Cookbook", "Field Guide", "Mystery", "Atlas", "Biography",
                "Poetry Collection", "Travelogue", "Short Stories", "Handbook", "Picture Book",
            ],
            ["Illustrated", "Pocket", "Clothbound", "Annotated", "Large-Print", "Collector's"],
            "long evenings"),
        new("Audio", 95,
            [
                "Headphones", "Turntable", "Bookshelf Speaker", "Radio", "Amplifier",
                "Earbuds", "Microphone", "Record Brush", "Soundbar", "Cassette Deck",
            ],
            ["Walnut", "Matte", "Aluminium", "Retro", "Studio", "Wireless"],
            "listening closely"),
        new("Toys", 22,
            [
                "Train Set", "Puzzle", "Kite", "Building Blocks", "Puppet",
                "Board Game", "Marble Run", "Spinning Top", "Dollhouse", "Yo-Yo",
            ],
            ["Beech", "Magnetic", "Felt", "Painted", "Giant", "Tin"],
            "rainy afternoons"),
        new("Stationery", 12,
            [
                "Notebook", "Fountain Pen", "Desk Tray", "Pencil Set", "Sketchbook",
                "Wax Seal", "Calendar", "Ruler", "Letter Set", "Ink Bottle",
            ],
            ["Linen", "Brass", "Recycled", "Leather", "Dotted", "Cherry"],
            "writing and drawing"),
        new("Bath", 19,
            [
                "Towel", "Soap Dish", "Bath Mat", "Shaving Brush", "Robe",
                "Bath Caddy", "Hand Cream", "Loofah", "Mirror", "Laundry Basket",
            ],
            ["Waffle", "Organic", "Teak", "Cotton", "Marble", "Olive"],
            "slow mornings"),
        new("Lighting", 56,
            [
                "Desk Lamp", "Pendant", "Lantern", "Floor Lamp", "Wall Light",
                "String Lights", "Reading Light", "Candle Holder", "Night Light", "Lampshade",
            ],
            ["Brass", "Paper", "Opal", "Rattan", "Smoked Glass", "Concrete"],
            "warm corners"),
        new("Pets", 24,
            [
                "Dog Bed", "Cat Tree", "Leash", "Food Bowl", "Scratching Post",
                "Carrier", "Chew Toy", "Brush", "Bird Perch", "Blanket",
            ],
            ["Woven", "Sisal", "Corduroy", "Ceramic", "Hemp", "Quilted"],
            "four-legged company"),
        new("Running", 58,
            [
                "Running Shoes", "Singlet", "Hydration Vest", "Cap", "Socks",
                "Windbreaker", "Tights", "Gaiters", "Recovery Roller", "Race Belt",
            ],
            ["Featherlight", "Merino", "Trail", "Thermal", "Breathable", "Reflective"],
            "early kilometres"),
    ];

    public static readonly string[] Styles = ["Nordic", "Rustic", "Modern", "Vintage", "Playful", "Minimal"];

    public static readonly string[] Makers =
    [
        "Alder", "Brook", "Cinder", "Dovetail", "Ember", "Fern", "Gale", "Harbour", "Iris", "Juniper", "Kestrel", "Larch", "Meadow",
        "North", "Otter", "Pine", "Quarry", "Rowan", "Sable", "Tern", "Umber", "Vale", "Wren", "Yarrow",
    ];

    public static readonly string[] FirstNames =
    [
        "Ada", "Bruno", "Chen", "Dalia", "Emeka", "Freya", "Goran", "Hana", "Ines", "Jonas", "Kofi", "Leila", "Mateo",
        "Nadia", "Olek", "Priya", "Quinn", "Rosa", "Sven", "Tala", "Umar", "Vera", "Wanjiru", "Xenia", "Yusuf", "Zoe",
    ];

    public static readonly string[] AgeGroups = ["18-24", "25-34", "35-44", "45-54", "55-64", "65+"];
    public static readonly string[] Memberships = ["guest", "member", "member", "gold"];
}
