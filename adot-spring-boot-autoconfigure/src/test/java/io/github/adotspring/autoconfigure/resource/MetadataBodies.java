package io.github.adotspring.autoconfigure.resource;

/**
 * Answers of metadata services, in the shape in which AWS gives them.
 */
final class MetadataBodies {

	static final String IDENTITY_DOCUMENT = """
			{
			  "accountId" : "123456789012",
			  "architecture" : "arm64",
			  "availabilityZone" : "eu-west-1b",
			  "billingProducts" : null,
			  "devpayProductCodes" : null,
			  "marketplaceProductCodes" : null,
			  "imageId" : "ami-0123456789abcdef0",
			  "instanceId" : "i-0123456789abcdef0",
			  "instanceType" : "m7g.large",
			  "kernelId" : null,
			  "pendingTime" : "2026-01-01T08:00:00Z",
			  "privateIp" : "10.0.1.23",
			  "ramdiskId" : null,
			  "region" : "eu-west-1",
			  "version" : "2017-09-30"
			}""";

	static final String HOST_NAME = "ip-10-0-1-23.eu-west-1.compute.internal";

	static final String ECS_ON_EC2 = """
			{
			  "DockerId": "ea32192c8553fbff06c9340478a2ff089b2bb5646fb718b4ee206641c9086d66",
			  "Name": "orders",
			  "DockerName": "ecs-orders-24-orders-cca48e8dcadd97805600",
			  "Image": "111122223333.dkr.ecr.us-gov-west-1.amazonaws.com/orders:1.4.2",
			  "ImageID": "sha256:d691691e9652791a60114e67b365688d20d19940dde7c4736ea30e660d8d3553",
			  "Labels": {
			    "com.amazonaws.ecs.cluster": "shop",
			    "com.amazonaws.ecs.container-name": "orders",
			    "com.amazonaws.ecs.task-arn": "arn:aws-us-gov:ecs:us-gov-west-1:111122223333:task/shop/8f03e41243824aea923aca126495f665",
			    "com.amazonaws.ecs.task-definition-family": "orders",
			    "com.amazonaws.ecs.task-definition-version": "24"
			  },
			  "DesiredStatus": "RUNNING",
			  "KnownStatus": "RUNNING",
			  "Limits": { "CPU": 10, "Memory": 128 },
			  "CreatedAt": "2026-01-02T00:15:07.620912337Z",
			  "StartedAt": "2026-01-02T00:15:08.062559351Z",
			  "Type": "NORMAL",
			  "LogDriver": "awslogs",
			  "LogOptions": {
			    "awslogs-create-group": "true",
			    "awslogs-group": "/ecs/orders",
			    "awslogs-region": "us-gov-west-1",
			    "awslogs-stream": "ecs/orders/8f03e41243824aea923aca126495f665"
			  },
			  "ContainerARN": "arn:aws-us-gov:ecs:us-gov-west-1:111122223333:container/0206b271-b33f-47ab-86c6-a0ba208a70a9",
			  "Networks": [ { "NetworkMode": "awsvpc", "IPv4Addresses": [ "10.0.2.100" ] } ]
			}""";

	static final String ECS_TASK_ON_EC2 = """
			{
			  "Cluster": "shop",
			  "TaskARN": "arn:aws-us-gov:ecs:us-gov-west-1:111122223333:task/shop/8f03e41243824aea923aca126495f665",
			  "Family": "orders",
			  "Revision": "24",
			  "DesiredStatus": "RUNNING",
			  "KnownStatus": "RUNNING",
			  "AvailabilityZone": "us-gov-west-1a",
			  "LaunchType": "EC2",
			  "Containers": []
			}""";

	static final String ECS_ON_FARGATE = """
			{
			  "DockerId": "cd189a933e5849daa93386466019ab50-2495160603",
			  "Name": "orders",
			  "DockerName": "orders",
			  "Image": "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/orders@sha256:25f3695bedfb454a50f12d127839a68ad3caf91e451c1da073db34c542c4d2cb",
			  "ImageID": "sha256:25f3695bedfb454a50f12d127839a68ad3caf91e451c1da073db34c542c4d2cb",
			  "Labels": {},
			  "DesiredStatus": "RUNNING",
			  "KnownStatus": "RUNNING",
			  "Limits": { "CPU": 2 },
			  "Type": "NORMAL",
			  "LogDriver": "awslogs",
			  "LogOptions": {
			    "awslogs-group": "/ecs/orders",
			    "awslogs-region": "cn-north-1",
			    "awslogs-stream": "ecs/orders/cd189a933e5849daa93386466019ab50"
			  },
			  "ContainerARN": "arn:aws-cn:ecs:cn-north-1:111122223333:container/shop/cd189a933e5849daa93386466019ab50/f61e49ba-0f27-43aa-b5b1-a8e5d2a1e7d3",
			  "Snapshotter": "overlayfs"
			}""";

	static final String ECS_TASK_ON_FARGATE = """
			{
			  "Cluster": "arn:aws-cn:ecs:cn-north-1:111122223333:cluster/shop",
			  "TaskARN": "arn:aws-cn:ecs:cn-north-1:111122223333:task/shop/cd189a933e5849daa93386466019ab50",
			  "Family": "orders",
			  "Revision": "2",
			  "DesiredStatus": "RUNNING",
			  "KnownStatus": "RUNNING",
			  "Limits": { "CPU": 0.25, "Memory": 512 },
			  "AvailabilityZone": "cn-north-1a",
			  "LaunchType": "FARGATE",
			  "Containers": [],
			  "ClockDrift": { "ClockErrorBound": 0.446 },
			  "EphemeralStorageMetrics": { "Utilized": 261, "Reserved": 20496 }
			}""";

	static final String BEANSTALK = """
			{"deployment_id":7,"version_label":"orders-1.4.2","environment_name":"orders-prod"}""";

	private MetadataBodies() {
	}

}
